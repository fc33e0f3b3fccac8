// Only these errors keep their message. Messages of postgres.js, drizzle and `JSON.parse` can repeat their
// input.
const errorsWithSafeMessage = new Set(["Error", "TypeError", "RangeError", "ReferenceError"]);

/** An error in the form in which it is logged. */
export type ErrorDescription = {
  readonly name: string;
  readonly message: string | undefined;
  readonly code: string | undefined;
  /** The text of the failed query, with `$1` for each parameter. */
  readonly query: string | undefined;
  readonly constraint: string | undefined;
  readonly stack: readonly string[];
  readonly cause: ErrorDescription | undefined;
};

/** Describes an error and its causes for the log, without any value from a request or a row. */
export function describeError(error: unknown): ErrorDescription {
  // A thrown value that is no error has no stack. The new one shows at least where the value was logged.
  const described = error instanceof Error ? error : new Error();
  // The stack begins with the message, and a message can contain lines that look like stack frames.
  const stack = (described.stack ?? "").replace(described.message, "").split("\n");
  return {
    name: error instanceof Error ? error.name : typeof error,
    message: hasSafeMessage(described) ? described.message : undefined,
    code: stringProperty(error, "code"),
    query: stringProperty(error, "query"),
    constraint: stringProperty(error, "constraint_name"),
    stack: stack.filter((line) => line.startsWith("    at ")).map((line) => line.trim()),
    cause: described.cause === undefined ? undefined : describeError(described.cause),
  };
}

function hasSafeMessage(error: Error): boolean {
  return errorsWithSafeMessage.has(error.name) && !("query" in error);
}

function stringProperty(error: unknown, name: string): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value;
  return typeof value === "string" ? value : undefined;
}
