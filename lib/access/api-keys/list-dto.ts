import type { ApiKeySummary } from "./model";

/** What the page is given at first, told by the stream of events, and asks for while there is no stream. There is no place in it for a secret. */
export type ApiKeyList = {
  readonly keys: readonly ApiKeySummary[];
  /** Keys the environment may hold. */
  readonly limit: number;
  /** ISO 8601, by the clock that also wrote every last use. */
  readonly serverTime: string;
  /** Why the person may look and not touch; null when they may do both. */
  readonly viewOnly: string | null;
};
