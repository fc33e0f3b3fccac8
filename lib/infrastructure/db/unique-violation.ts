/** Does this error, or what caused it, say that a row broke the unique constraint or index of this name? */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("code" in error && error.code === "23505") {
    return "constraint_name" in error && error.constraint_name === constraint;
  }
  return "cause" in error && isUniqueViolation(error.cause, constraint);
}
