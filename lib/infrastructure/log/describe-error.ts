// A message is kept only of these: those of the driver, the mapper and JSON.parse repeat what they were given.
const errorsWithSafeMessage = new Set(["Error", "TypeError", "RangeError", "ReferenceError"]);

/** What a log line may say of an error. */
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

/** Describes an error and what caused it without any value that a request or a row brought in. */
export function describeError(error: unknown): ErrorDescription {
  const described = error instanceof Error ? error : new Error();
  // The stack begins with the message, and a message may hold lines that look like frames.
  const stack = (described.stack ?? "").replace(described.message, "").split("\n");
  return {
    name: error instanceof Error ? error.name : typeof error,
    message: hasSafeMessage(described) ? described.message : undefined,
    code: textOf(error, "code"),
    query: textOf(error, "query"),
    constraint: textOf(error, "constraint_name"),
    stack: stack.filter((line) => line.startsWith("    at ")).map((line) => line.trim()),
    cause: described.cause === undefined ? undefined : describeError(described.cause),
  };
}

function hasSafeMessage(error: Error): boolean {
  return errorsWithSafeMessage.has(error.name) && !("query" in error);
}

function textOf(error: unknown, field: string): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(error, field)?.value;
  return typeof value === "string" ? value : undefined;
}
