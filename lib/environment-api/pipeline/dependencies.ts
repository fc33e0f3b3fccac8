import type { KeyLookup } from "@/lib/access/authentication/authenticate";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import type { Database } from "@/lib/infrastructure/db/client";
import type { SharedApps } from "@/lib/infrastructure/env/shared-apps";
import type { Outbound } from "@/lib/infrastructure/net/outbound";
import type { ApiContext } from "./api-context";
import type { CheckDurations } from "./check-durations";
import type { FailedAttempts } from "./failed-attempts";

/** What the request pipeline needs of the process: opened once, shared by all requests. */
export type Dependencies = {
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly outbound: Outbound;
  readonly sharedApps: SharedApps;
  readonly lookup: KeyLookup;
  readonly attempts: FailedAttempts;
  readonly addressOf: (c: ApiContext) => string | null;
  readonly functionRunner: () => FunctionRunner | null;
  readonly wakeActions: () => void;
  readonly originOf: (c: ApiContext) => string;
  readonly checks: Pick<CheckDurations, "note">;
};
