/** A received HTTP request. Its body has not been read. */
export type InboundRequest = {
  readonly method: string;
  /** Path with its leading `/` and query, as received, not decoded. */
  readonly pathAndQuery: string;
  /** Header names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null when the request has none. */
  readonly body: ReadableStream<Uint8Array> | null;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  /** Closes the client's TCP connection when a response fails midway. Null if there is no connection. */
  readonly destroySocket: (() => void) | null;
};
