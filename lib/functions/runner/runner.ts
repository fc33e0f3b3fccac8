import type { DeployedFunction, FunctionCode } from "@/lib/functions/definitions/model";
import type { RequestedRun } from "@/lib/functions/syncs/model";
import type { Result } from "@/lib/infrastructure/result";
import type { JsonObject } from "@/lib/upstream/connections/model";

/**
 * The connection of an action run. It contains no credentials, because deployed code calls the provider's API
 * through the proxy.
 */
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
  /** Any JSON value; undefined when the caller sent none. */
  readonly input: unknown;
};

/** Response of another server to an HTTP request of the script. */
export type UpstreamResponse = {
  readonly status_code: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
};

export type FunctionRunError =
  /** An HTTP request of the script failed. */
  | { readonly kind: "http"; readonly payload: unknown; readonly upstream?: UpstreamResponse | undefined }
  /** The script threw an error. */
  | { readonly kind: "script"; readonly payload: unknown }
  /** No response within `timeoutMs`: the script may still be running. */
  | { readonly kind: "timeout" }
  /** The runner cannot be reached, or its response does not follow its protocol. */
  | { readonly kind: "unreachable" };

/**
 * A request to run syncs of one integration. The requested run is also stored with each sync
 * (`recordRequestedRuns`), where a runner can read it.
 */
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

/** Runs deployed code, outside of this process. */
export type FunctionRunner = {
  /** Runs an action. Returns its output, which is any JSON value. */
  readonly runAction: (run: ActionRunRequest) => Promise<Result<unknown, FunctionRunError>>;
  /** Requests runs of syncs. Does not wait until they have ended. */
  readonly requestSyncRuns: (request: SyncRunRequest) => Promise<Result<null, "unreachable">>;
  /** Timeout of a run in milliseconds. */
  readonly timeoutMs: number;
};
