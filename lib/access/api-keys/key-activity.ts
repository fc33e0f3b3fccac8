import type { ApiKeySummary } from "./model";

/** A key counts as in use for this many milliseconds after its last use, later as quiet. */
const inUseWindowMs = 24 * 3600 * 1000;

const keyActivities = ["in_use", "quiet", "never_used", "expired"] as const;

/** How recently a key was used. An expired key is always "expired", even if it was used a moment ago. */
export type KeyActivity = (typeof keyActivities)[number];

/** Returns a key's activity. `now` in milliseconds since 1970, by the server's clock. */
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
