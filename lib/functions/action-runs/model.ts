/** API error of an action run that failed (docs/environment-api.md, "18. actions:execute"). */
export type ActionRunError = {
  readonly status: 400 | 424 | 500 | 503;
  readonly code: string;
  readonly message: string;
  /** `payload`, and `upstream` when the response of another server caused the error. */
  readonly details?: Readonly<Record<string, unknown>>;
};

/** State of one asynchronous run, for `GET /action/{id}`. */
export type ActionRunState =
  | { readonly status: "waiting" | "running" }
  | { readonly status: "succeeded"; readonly output: unknown }
  | { readonly status: "failed"; readonly failure: ActionRunError };

/** A run that this process has claimed. */
export type ClaimedRun = {
  readonly id: string;
  readonly environmentId: number;
  readonly connectionRowId: number;
  readonly functionId: number;
  readonly input: unknown;
  /** Number of attempts, including this one. */
  readonly attempts: number;
  readonly maxRetries: number;
};
