import type { z } from "zod";
import { type EndUser, type endUserInputSchema, toEndUser, toEndUserTags } from "./end-user";

/** Who stands behind a connection and how it is tagged. */
export type EndUserAndTags = {
  readonly endUser: EndUser | null;
  readonly tags: Readonly<Record<string, string>>;
};

export type EndUserAndTagsInput = {
  readonly end_user?: z.infer<typeof endUserInputSchema> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

export const noEndUserOrTags: EndUserAndTags = { endUser: null, tags: {} };

/**
 * People after a change. Tags that are given replace all there were; the end user's own tags (`end_user_id` and so on)
 * are always there, follow a change of the end user, and yield to a tag given under the same name.
 */
export function updateEndUserAndTags(before: EndUserAndTags, input: EndUserAndTagsInput): EndUserAndTags {
  const endUser = input.end_user === undefined ? before.endUser : toEndUser(input.end_user, before.endUser);
  return mergeEndUserAndTags(before, endUser, input.tags);
}

/** The same with the end user in its stored form. */
export function mergeEndUserAndTags(
  before: EndUserAndTags,
  endUser: EndUser | null,
  tags: EndUserAndTagsInput["tags"] | undefined,
): EndUserAndTags {
  if (tags !== undefined) return { endUser, tags: { ...toEndUserTags(endUser), ...tags } };
  const outdated = toEndUserTags(before.endUser);
  const kept = Object.entries(before.tags).filter(([name, value]) => outdated[name] !== value);
  return { endUser, tags: { ...toEndUserTags(endUser), ...Object.fromEntries(kept) } };
}
