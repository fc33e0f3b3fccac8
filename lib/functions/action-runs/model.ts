/** API error of an action run that failed (docs/environment-api.md, section 2, 18). */
export type ActionRunError = {
  readonly status: 400 | 424 | 500 | 503;
  readonly code: string;
  readonly message: string;
  /** `payload`, and `upstream` when the response of another server caused the error. */
  readonly details?: Readonly<Record<string, unknown>>;
};

/** State of one asynchronous run, as `GET /action/{id}` reads it. */
export type ActionRunState =
  | { readonly status: "waiting" | "running" }
  | { readonly status: "succeeded"; readonly output: unknown }
  | { readonly status: "failed"; readonly failure: ActionRunError };

/** A run that this process has claimed. */
export type ClaimedRun = {
  readonly id: string;
  readonly environmentId: number;
  /** Id of the connection's row. */
  readonly connectionId: number;
  readonly functionId: number;
  readonly input: unknown;
  /** Number of attempts, this one included. */
  readonly attempts: number;
  readonly maxRetries: number;
};
