import type { ApiKeySummary } from "./model";

/** A key used within this long is in use; one that was not is quiet. Deleting one in use asks for more. */
export const inUseWindowMs = 24 * 3600 * 1000;

export const keyActivities = ["in_use", "quiet", "never_used", "expired"] as const;

/** What is known about a key's use. Expired wins: whatever it did, it is refused now. */
export type KeyActivity = (typeof keyActivities)[number];

/** `now` in milliseconds since 1970, by the server's clock. */
export function getKeyActivity(
  key: Pick<ApiKeySummary, "expiresAt" | "lastUsedAt">,
  now: number,
): KeyActivity {
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now) return "expired";
  if (key.lastUsedAt === null) return "never_used";
  return now - Date.parse(key.lastUsedAt) < inUseWindowMs ? "in_use" : "quiet";
}

export const keyActivityLabels = {
  in_use: "In use",
  quiet: "Quiet",
  never_used: "Never used",
  expired: "Expired",
} as const satisfies Record<KeyActivity, string>;
