import type { ApiKeySummary } from "./model";

/** A key used within this long is in use; one that was not is quiet. Deleting one in use asks for more. */
export const inUseMilliseconds = 24 * 3600 * 1000;

export const activities = ["in_use", "quiet", "never_used", "expired"] as const;

/** What is known about a key's use. Expired wins: whatever it did, it is refused now. */
export type Activity = (typeof activities)[number];

/** `now` in milliseconds since 1970, by the server's clock. */
export function activityOf(key: Pick<ApiKeySummary, "expiresAt" | "lastUsedAt">, now: number): Activity {
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now) return "expired";
  if (key.lastUsedAt === null) return "never_used";
  return now - Date.parse(key.lastUsedAt) < inUseMilliseconds ? "in_use" : "quiet";
}

export const activityNames = {
  in_use: "In use",
  quiet: "Quiet",
  never_used: "Never used",
  expired: "Expired",
} as const satisfies Record<Activity, string>;
