import type { Scope } from "@/lib/access/scopes/catalog";
import { firstIssues } from "@/lib/infrastructure/validation-issues";

/**
 * One validation error: zod's code and message, and the field's path (docs/environment-api.md, section 1).
 */
export type FieldError = {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
};

/** An expected error of the API, sent as `{"error":{"code","message",...}}` with `status`. */
export type ApiError = {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 424 | 429 | 500 | 503;
  readonly code: string;
  readonly message: string;
  readonly errors?: readonly FieldError[];
  readonly requiredScope?: Scope;
  /** Additional fields of the error object, such as `payload`. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
};

export type InputPart = "body" | "query" | "params" | "headers";

const invalidCodes = {
  body: { code: "invalid_body", subject: "The request body is not valid" },
  query: { code: "invalid_query_params", subject: "The query string is not valid" },
  params: { code: "invalid_uri_params", subject: "The path is not valid" },
  headers: { code: "invalid_headers", subject: "The request headers are not valid" },
} as const satisfies Record<InputPart, { readonly code: string; readonly subject: string }>;

/**
 * A 400 for one part of the input, with the first 20 of its issues. Its message includes the first one, for
 * clients that show only the message.
 */
export function invalidInput(part: InputPart, issues: Parameters<typeof firstIssues>[0]): ApiError {
  const { code, subject } = invalidCodes[part];
  const errors = firstIssues(issues);
  const [first] = errors;
  const where = first === undefined || first.path.length === 0 ? "" : `${first.path.join(".")}: `;
  return {
    status: 400,
    code,
    message: first === undefined ? subject : `${subject}. ${where}${first.message}`,
    errors,
  };
}

/** A 400 `invalid_body` at one field, for a check that a schema cannot make. */
export function invalidField(path: string, message: string): ApiError {
  return { status: 400, code: "invalid_body", message, errors: [{ code: "custom", message, path: [path] }] };
}

/** A 403 that names the missing scope. */
export function insufficientScope(required: Scope): ApiError {
  return {
    status: 403,
    code: "forbidden",
    message: `Insufficient scope. Required: ${required}`,
    requiredScope: required,
    // RFC 6750, section 3.1
    headers: { "WWW-Authenticate": `Bearer error="insufficient_scope", scope="${required}"` },
  };
}

/** A 413 that names the limit. */
export function bodyTooLarge(maxBytes: number): ApiError {
  return {
    status: 413,
    code: "payload_too_large",
    message: `The request body is larger than ${maxBytes} bytes`,
  };
}

/** A 404 for a path or method that no route declares. */
export const endpointNotFound: ApiError = {
  status: 404,
  code: "not_found",
  message: "Endpoint not found",
};

/** A 503 while the database is unreachable. */
export const databaseUnavailable: ApiError = {
  status: 503,
  code: "service_unavailable",
  message: "The database is temporarily unreachable. Try again shortly.",
  headers: { "Retry-After": "2" },
};

/** A 503 to a write while the database accepts only reads, as during a failover. */
export const databaseReadOnly: ApiError = {
  status: 503,
  code: "service_unavailable",
  message: "The database is temporarily read-only. Try again shortly.",
  headers: { "Retry-After": "2" },
};

/** A 500 that reveals only the request id. The log line with this id has the error. */
export function internalError(requestId: string): ApiError {
  return {
    status: 500,
    code: "generic_error_support",
    message: `Internal server error. Include this request id when you report it: ${requestId}`,
  };
}

/** Builds the JSON body of an error response. */
export function errorBody({ code, message, details, requiredScope, errors }: ApiError) {
  const error: Record<string, unknown> = { code, message };
  if (details !== undefined) Object.assign(error, details);
  if (requiredScope !== undefined) error.required_scope = requiredScope;
  if (errors !== undefined) error.errors = errors;
  return { error };
}
