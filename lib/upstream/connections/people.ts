import type { z } from "zod";
import { type EndUser, type endUserInputSchema, endUserTags, toEndUser } from "./end-user";

/** Who stands behind a connection and how it is tagged. */
export type People = {
  readonly endUser: EndUser | null;
  readonly tags: Readonly<Record<string, string>>;
};

export type PeopleInput = {
  readonly end_user?: z.infer<typeof endUserInputSchema> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

export const nobody: People = { endUser: null, tags: {} };

/**
 * People after a change. Tags that are given replace all there were; the end user's own tags (`end_user_id` and so on)
 * are always there, follow a change of the end user, and yield to a tag given under the same name.
 */
export function changePeople(before: People, input: PeopleInput): People {
  const endUser = input.end_user === undefined ? before.endUser : toEndUser(input.end_user, before.endUser);
  return settlePeople(before, endUser, input.tags);
}

/** The same with the end user in its stored form. */
export function settlePeople(
  before: People,
  endUser: EndUser | null,
  tags: PeopleInput["tags"] | undefined,
): People {
  if (tags !== undefined) return { endUser, tags: { ...endUserTags(endUser), ...tags } };
  const outdated = endUserTags(before.endUser);
  const kept = Object.entries(before.tags).filter(([name, value]) => outdated[name] !== value);
  return { endUser, tags: { ...endUserTags(endUser), ...Object.fromEntries(kept) } };
}
