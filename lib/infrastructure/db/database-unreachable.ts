// Error codes of Node's sockets and DNS look-ups, and of the driver (postgres.js, "Connection errors").
const connectionCodes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  // `UncertainAnswerError`
  "UNCERTAIN_ANSWER",
]);

// SQLSTATE (PostgreSQL manual, appendix A): connection exception, invalid authorization, unknown database,
// too many connections, and a server that is stopping, has crashed or is not ready yet.
const unreachableSqlState = /^(?:08\d\d\d|28[0-9A-Z]{3}|3D000|53300|57P0[1-3])$/;

/**
 * True if this error or one of its causes means that the database is unreachable. False for a query that the
 * database rejected.
 */
export function isDatabaseUnreachable(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("code" in error && typeof error.code === "string") {
    if (connectionCodes.has(error.code) || unreachableSqlState.test(error.code)) return true;
  }
  return "cause" in error && isDatabaseUnreachable(error.cause);
}
