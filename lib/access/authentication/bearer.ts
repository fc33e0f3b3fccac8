import { fail, ok, type Result } from "@/lib/infrastructure/result";

export type BearerTokenError = {
  readonly code: "missing_auth_header" | "malformed_auth_header";
  readonly message: string;
};

const missingHeaderError = fail({
  code: "missing_auth_header",
  message: "The Authorization header is missing. Send: Authorization: Bearer <API key>",
} as const);

const malformedHeaderError = fail({
  code: "malformed_auth_header",
  message: "The Authorization header must be: Bearer <API key>",
} as const);

// The scheme is case-insensitive (RFC 9110, 11.1). Accepts every token of RFC 6750, 2.1, and other visible
// ASCII.
const bearer = /^bearer +([\x21-\x7e]+)$/i;

/** Parses the bearer token of an Authorization header. `header` is null when the request has none. */
export function parseBearerToken(header: string | null): Result<string, BearerTokenError> {
  if (header === null || header === "") return missingHeaderError;
  const token = bearer.exec(header)?.[1];
  return token === undefined ? malformedHeaderError : ok(token);
}
