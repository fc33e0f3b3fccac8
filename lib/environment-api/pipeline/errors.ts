import type { Scope } from "@/lib/access/scopes/catalog";

/** Where in the input something is wrong: zod's code and words, and the way to it (contract, section 1). */
export type FieldError = {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
};

/** A refusal as the wire will show it: `{"error":{"code","message",...}}` under `status`. */
export type ApiError = {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 424 | 429 | 500 | 503;
  readonly code: string;
  readonly message: string;
  readonly errors?: readonly FieldError[];
  readonly requiredScope?: Scope;
  /** Further fields of the error object, as the contract names them. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
};

export type InputPart = "body" | "query" | "params" | "headers";

const invalidCodes = {
  body: { code: "invalid_body", subject: "The request body is not valid" },
  query: { code: "invalid_query_params", subject: "The query string is not valid" },
  params: { code: "invalid_uri_params", subject: "The address is not valid" },
  headers: { code: "invalid_headers", subject: "The request headers are not valid" },
} as const satisfies Record<InputPart, { readonly code: string; readonly subject: string }>;

/** A 400 for one part of the input; the first field's trouble is repeated in the message for clients that show only that. */
export function invalidInput(part: InputPart, errors: readonly FieldError[]): ApiError {
  const { code, subject } = invalidCodes[part];
  const [first] = errors;
  const where = first === undefined || first.path.length === 0 ? "" : `${first.path.join(".")}: `;
  return {
    status: 400,
    code,
    message: first === undefined ? subject : `${subject}. ${where}${first.message}`,
    errors,
  };
}

/** A 400 `invalid_body` for what no schema can see, at the field it is about. */
export function invalidField(path: string, message: string): ApiError {
  return { status: 400, code: "invalid_body", message, errors: [{ code: "custom", message, path: [path] }] };
}

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

export function bodyTooLarge(maxBytes: number): ApiError {
  return {
    status: 413,
    code: "payload_too_large",
    message: `The request body is larger than ${maxBytes} bytes`,
  };
}

export const endpointNotFound: ApiError = {
  status: 404,
  code: "not_found",
  message: "There is no such endpoint",
};

export const databaseUnavailable: ApiError = {
  status: 503,
  code: "service_unavailable",
  message: "The database cannot be reached at the moment. Try again shortly.",
  headers: { "Retry-After": "2" },
};

export function internalError(requestId: string): ApiError {
  return {
    status: 500,
    code: "generic_error_support",
    message: `Something went wrong on our side. Quote this request id when asking for help: ${requestId}`,
  };
}

/** The body of a failure. */
export function errorBody({ code, message, details, requiredScope, errors }: ApiError) {
  const error: Record<string, unknown> = { code, message };
  if (details !== undefined) Object.assign(error, details);
  if (requiredScope !== undefined) error.required_scope = requiredScope;
  if (errors !== undefined) error.errors = errors;
  return { error };
}
