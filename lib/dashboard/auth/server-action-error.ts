import "server-only";
import type { z } from "zod";

/** Why an action did not do what it was asked, besides what its own subject can refuse. */
export type ServerActionError = {
  readonly code:
    | "unauthenticated"
    | "environment_not_found"
    | "forbidden"
    | "invalid"
    | "unavailable"
    | "unexpected";
  readonly message: string;
  /** Words per input, by its name; a nested one as `parent.child`. */
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
  message: "The database does not answer. Nothing was changed; try again in a moment.",
};

/** `requestId` finds the one line in the log that says what happened. */
export function unexpectedError(requestId: string): ServerActionError {
  return { code: "unexpected", message: `Something went wrong. It is in the log as ${requestId}.` };
}

/** The first complaint about each input. */
export function invalidActionInput(error: z.ZodError): ServerActionError {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  return { code: "invalid", message: error.issues[0]?.message ?? "This input is not valid", fields };
}
