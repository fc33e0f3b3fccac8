import type { KeyLookup } from "@/lib/access/authentication/authenticate";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import type { Database } from "@/lib/infrastructure/db/client";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import type { SharedApps } from "@/lib/infrastructure/settings/shared-apps";
import type { ApiContext } from "./api-context";
import type { AuthDurations } from "./auth-durations";
import type { FailedAttemptLimiter } from "./failed-attempt-limiter";

/** What the request pipeline needs of the process: opened once, shared by all requests. */
export type Dependencies = {
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly outbound: OutboundPolicy;
  readonly sharedApps: SharedApps;
  readonly lookup: KeyLookup;
  readonly failedAttempts: FailedAttemptLimiter;
  readonly clientAddressOf: (c: ApiContext) => string | null;
  readonly functionRunner: () => FunctionRunner | null;
  readonly wakeActionWorker: () => void;
  readonly originOf: (c: ApiContext) => string;
  readonly authDurations: Pick<AuthDurations, "record">;
};
