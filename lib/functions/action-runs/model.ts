/** What became of an action that did not succeed, as the wire shows it (contract, section 2, 18). */
export type ActionRunError = {
  readonly status: 400 | 424 | 500 | 503;
  readonly code: string;
  readonly message: string;
  /** `payload`, and `upstream` when another server's answer was the reason. */
  readonly details?: Readonly<Record<string, unknown>>;
};

/** One asynchronous run, as `GET /action/{id}` sees it. */
export type ActionRunState =
  | { readonly status: "waiting" | "running" }
  | { readonly status: "succeeded"; readonly output: unknown }
  | { readonly status: "failed"; readonly failure: ActionRunError };

/** A run that this process has taken. */
export type ClaimedRun = {
  readonly id: string;
  readonly environmentId: number;
  /** The connection's row. */
  readonly connectionId: number;
  readonly functionId: number;
  readonly input: unknown;
  /** This attempt included. */
  readonly attempts: number;
  readonly maxRetries: number;
};
