import { coversEverything } from "@/lib/access/scopes/covers";
import { getKeyActivity } from "./key-activity";
import type { ApiKeySummary } from "./model";

export type DeletionRisk = "none" | "in_use" | "last_full_access";

/**
 * Returns why the name of `key` must be typed to delete it: it was used in the last 24 hours, or it is the
 * only unexpired key in `keys` with Full access. Otherwise returns "none". `now` in milliseconds since 1970.
 */
export function deletionRisk(key: ApiKeySummary, keys: readonly ApiKeySummary[], now: number): DeletionRisk {
  if (getKeyActivity(key, now) === "in_use") return "in_use";
  const hasFullAccess = (other: ApiKeySummary) =>
    coversEverything(other.grants) && getKeyActivity(other, now) !== "expired";
  const others = keys.filter((other) => other.id !== key.id);
  return hasFullAccess(key) && !others.some(hasFullAccess) ? "last_full_access" : "none";
}
