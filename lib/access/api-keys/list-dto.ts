import type { ApiKeySummary } from "./model";

/**
 * The key list of an environment. The page contains it, the event stream sends it, and the page polls it
 * while there is no stream. It has no field for a secret.
 */
export type ApiKeyList = {
  readonly keys: readonly ApiKeySummary[];
  /** Maximum number of keys in the environment. */
  readonly limit: number;
  /** ISO 8601, by the same clock as each `lastUsedAt`. */
  readonly serverTime: string;
  /** Why the member can only view the keys; null when the member can also change them. */
  readonly viewOnly: string | null;
};
