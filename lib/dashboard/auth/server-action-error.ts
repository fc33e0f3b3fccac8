import "server-only";
import type { z } from "zod";
import { exceedsNodes } from "@/lib/infrastructure/json-size";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { firstIssues } from "@/lib/infrastructure/validation-issues";

/** The errors that every server action and internal route can return; an action can add its own. */
export type ServerActionError = {
  readonly code:
    | "unauthenticated"
    | "environment_not_found"
    | "forbidden"
    | "invalid"
    | "unavailable"
    | "unexpected";
  readonly message: string;
  /**
   * One message for each invalid field, by the field's name. The name of a nested field is `parent.child`.
   */
  readonly fields?: Readonly<Record<string, string>>;
};

export const unauthenticated: ServerActionError = {
  code: "unauthenticated",
  message: "You are signed out. Sign in again.",
};

export const environmentNotFound: ServerActionError = {
  code: "environment_not_found",
  message: "This environment no longer exists",
};

export const forbidden: ServerActionError = { code: "forbidden", message: "Your role does not allow this" };

export const unavailable: ServerActionError = {
  code: "unavailable",
  message: "The database is unavailable. Nothing was changed. Try again in a moment.",
};

/** An error that reveals only the request id. The log line with this id has the cause. */
export function unexpectedError(requestId: string): ServerActionError {
  return { code: "unexpected", message: `Something went wrong. The server log has details: ${requestId}.` };
}

export const invalidActionInput: ServerActionError = { code: "invalid", message: "Invalid input" };

/** The most nodes of an action's input (`exceedsNodes`). */
const maxInputNodes = 10_000;

/**
 * Validates the input of a server action. The error has the first issue of each field, of the first 20 issues.
 */
export function parseActionInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Result<z.output<Schema>, ServerActionError> {
  if (exceedsNodes(input, maxInputNodes)) {
    return fail({ code: "invalid", message: `More than ${maxInputNodes} values` });
  }
  const parsed = schema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const issues = firstIssues(parsed.error.issues);
  const fields: Record<string, string> = {};
  for (const { path, message } of issues) fields[path.join(".")] ??= message;
  return fail({ code: "invalid", message: issues[0]?.message ?? "Invalid input", fields });
}
