import { coversEverything } from "@/lib/access/scopes/covers";
import { getKeyActivity } from "./key-activity";
import type { ApiKeySummary } from "./model";

export type DeletionRisk = "none" | "in_use" | "last_full_access";

/**
 * Why deleting `key` asks for its name to be typed: it was used in the last 24 hours, or it is the only key of its
 * environment that can do everything.
 */
export function deletionRisk(key: ApiKeySummary, keys: readonly ApiKeySummary[], now: number): DeletionRisk {
  if (getKeyActivity(key, now) === "in_use") return "in_use";
  const isFull = (other: ApiKeySummary) =>
    coversEverything(other.grants) && getKeyActivity(other, now) !== "expired";
  const others = keys.filter((other) => other.id !== key.id);
  return isFull(key) && !others.some(isFull) ? "last_full_access" : "none";
}
