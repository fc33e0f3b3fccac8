const codes = new Set([
  // Of the socket (Node) and of postgres.js.
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ETIMEDOUT",
  "EPIPE",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  // SQLSTATE (PostgreSQL, appendix A): too many connections, shutting down, crashed, starting up.
  "53300",
  "57P01",
  "57P02",
  "57P03",
]);

/** Does the error say that the database is away, rather than that we asked it something wrong? */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string") {
    if (codes.has(error.code) || error.code.startsWith("08")) return true;
  }
  return isDatabaseUnavailable(error.cause);
}
