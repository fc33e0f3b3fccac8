/** True if this error or one of its causes is a violation of the unique constraint or index `constraint`. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("code" in error && error.code === "23505") {
    return "constraint_name" in error && error.constraint_name === constraint;
  }
  return "cause" in error && isUniqueViolation(error.cause, constraint);
}
