/** A request as it came, its body unread. */
export type InboundRequest = {
  readonly method: string;
  /** What of the address is the other side's: path, with its first `/`, and query, as sent, nothing decoded. */
  readonly pathAndQuery: string;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null when there is none. */
  readonly body: ReadableStream<Uint8Array> | null;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
  /** Cuts the caller's connection, for a response that breaks on its way. Null where there is no connection. */
  readonly destroyConnection: (() => void) | null;
};
