import type { DeployedFunction, FunctionCode } from "@/lib/functions/definitions/model";
import type { RequestedRun } from "@/lib/functions/syncs/model";
import type { Result } from "@/lib/infrastructure/result";
import type { JsonObject } from "@/lib/upstream/connections/model";

/** The connection an action works on. Credentials do not travel: deployed code reaches the API through the proxy. */
export type ConnectionReference = {
  readonly connectionId: string;
  readonly providerConfigKey: string;
  readonly provider: string;
  readonly metadata: JsonObject | null;
  readonly connectionConfig: JsonObject;
};

export type ActionRunRequest = {
  readonly environmentId: number;
  readonly connection: ConnectionReference;
  readonly action: DeployedFunction;
  readonly code: FunctionCode;
  /** Any JSON value; absent when the caller gave none. */
  readonly input: unknown;
};

/** What another server answered to the script's own request. */
export type UpstreamResponse = {
  readonly status_code: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
};

export type FunctionRunError =
  /** The script's own HTTP request was refused. */
  | { readonly kind: "http"; readonly payload: unknown; readonly upstream?: UpstreamResponse | undefined }
  /** The script threw, or gave up for a reason of its own. */
  | { readonly kind: "script"; readonly payload: unknown }
  /** No answer within the time allowed: the script may still be at work. */
  | { readonly kind: "timeout" }
  /** The runner itself cannot be reached, or answers what is not its protocol. */
  | { readonly kind: "unreachable" };

/** Runs of syncs that somebody asked for. They are recorded with the syncs, where a runner finds them too. */
export type SyncRunRequest = {
  readonly environmentId: number;
  readonly providerConfigKey: string;
  readonly run: RequestedRun;
  readonly syncs: readonly {
    readonly id: string;
    readonly name: string;
    readonly variant: string;
    readonly connectionId: string;
  }[];
};

/** The seam behind which deployed code runs, in a place of its own. */
export type FunctionRunner = {
  /** The action's output, any JSON value. */
  readonly runAction: (run: ActionRunRequest) => Promise<Result<unknown, FunctionRunError>>;
  /** Tells the runner to start these runs soon; it does not wait for their end. */
  readonly requestSyncRuns: (request: SyncRunRequest) => Promise<Result<null, "unreachable">>;
  /** The longest that a run may take, in milliseconds. */
  readonly timeoutMs: number;
};
