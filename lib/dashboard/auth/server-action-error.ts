import "server-only";
import type { z } from "zod";

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

/** Returns an error with the first issue of each field. */
export function invalidActionInput(error: z.ZodError): ServerActionError {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  return { code: "invalid", message: error.issues[0]?.message ?? "Invalid input", fields };
}
