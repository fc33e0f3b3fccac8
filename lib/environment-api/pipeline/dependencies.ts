import type { KeyLookup } from "@/lib/access/authentication/authenticate";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import type { Database } from "@/lib/infrastructure/db/client";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import type { SharedApps } from "@/lib/infrastructure/settings/shared-apps";
import type { ApiContext } from "./api-context";
import type { AuthDurations } from "./auth-durations";
import type { FailedAttemptLimiter } from "./failed-attempt-limiter";

/** The objects that the request pipeline needs. Created once per process and shared by all requests. */
export type Dependencies = {
  readonly db: Database;
  readonly masterKey: Buffer;
  /** The addresses that outbound requests may reach. */
  readonly outbound: OutboundPolicy;
  /** The operator's own OAuth apps at providers. */
  readonly sharedApps: SharedApps;
  readonly lookup: KeyLookup;
  readonly failedAttempts: FailedAttemptLimiter;
  /** Returns the client's address, cut to a maximum length; null without a socket. */
  readonly clientAddressOf: (c: ApiContext) => string | null;
  /** Returns the runner of deployed code; null when none is configured. */
  readonly getFunctionRunner: () => FunctionRunner | null;
  /** Makes the action worker poll for queued runs now. */
  readonly wakeActionWorker: () => void;
  /** Returns the origin that the caller used, such as `https://keys.example.com`. */
  readonly originOf: (c: ApiContext) => string;
  readonly authDurations: Pick<AuthDurations, "record">;
};
