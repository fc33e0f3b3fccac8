/** A received HTTP request. Its body has not been read. */
export type InboundRequest = {
  readonly method: string;
  /**
   * The part of the request target to send on: path with its leading `/`, and query, as received, not
   * decoded.
   */
  readonly pathAndQuery: string;
  /** Header names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null when the request has none. */
  readonly body: ReadableStream<Uint8Array> | null;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  /** Destroys the client's connection, for a response that fails midway. Null if there is no connection. */
  readonly destroyConnection: (() => void) | null;
};
