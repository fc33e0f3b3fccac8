/**
 * True if this error or one of its causes means that the database rejected a write because it is read-only
 * (SQLSTATE 25006), as during a failover.
 */
export function isDatabaseReadOnly(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("code" in error && error.code === "25006") return true;
  return "cause" in error && isDatabaseReadOnly(error.cause);
}
