import type { z } from "zod";
import { type EndUser, type endUserInputSchema, toEndUser, toEndUserTags } from "./end-user";

/** The end user and the tags of a connection. */
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
 * Returns the end user and tags after a change. Tags in the input replace all current tags; without them, the
 * current tags stay. The tags derived from the end user (`end_user_id` and so on) are always added, and those
 * of a previous end user are removed. A tag in the input wins over a derived one of the same name.
 */
export function updateEndUserAndTags(current: EndUserAndTags, input: EndUserAndTagsInput): EndUserAndTags {
  const endUser = input.end_user === undefined ? current.endUser : toEndUser(input.end_user, current.endUser);
  return mergeEndUserAndTags(current, endUser, input.tags);
}

/** Like `updateEndUserAndTags`, for an end user who is already in the stored form. */
export function mergeEndUserAndTags(
  current: EndUserAndTags,
  endUser: EndUser | null,
  tags: EndUserAndTagsInput["tags"] | undefined,
): EndUserAndTags {
  if (tags !== undefined) return { endUser, tags: { ...toEndUserTags(endUser), ...tags } };
  const previousEndUserTags = toEndUserTags(current.endUser);
  const keptTags = Object.entries(current.tags).filter(
    ([name, value]) => previousEndUserTags[name] !== value,
  );
  return { endUser, tags: { ...toEndUserTags(endUser), ...Object.fromEntries(keptTags) } };
}
