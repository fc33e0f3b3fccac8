import { fail, ok, type Result } from "../result";
import type { Principal } from "./principal";
import { hashKey } from "./secret";
import { keyShape } from "./token";

export type KnownKey = Principal & { readonly expiresAt: Date | null };

/** Finds a key by its SHA-256. The one seam between a request and where keys are kept. */
export type KeyLookup = (hash: Buffer) => Promise<KnownKey | null>;

export type AuthFailure = {
  readonly code:
    | "missing_auth_header"
    | "malformed_auth_header"
    | "invalid_secret_key_format"
    | "unknown_account"
    | "expired_key";
  readonly message: string;
};

const missing = fail({
  code: "missing_auth_header",
  message: "The Authorization header is missing. Send: Authorization: Bearer <API key>",
} as const);

const malformed = fail({
  code: "malformed_auth_header",
  message: "The Authorization header must be: Bearer <API key>",
} as const);

const wrongFormat = fail({
  code: "invalid_secret_key_format",
  message: "This is not a Latchkey API key: they begin with lk_live_ or lk_test_ and are 57 characters long",
} as const);

const wrongChecksum = fail({
  code: "invalid_secret_key_format",
  message: "The key's checksum is wrong: it looks like a truncated or altered copy. Copy the key again",
} as const);

// One answer for unknown, deleted and orphaned keys: it must not tell which of them a key is.
const unknown = fail({
  code: "unknown_account",
  message: "This API key does not match any account",
} as const);

const expired = fail({ code: "expired_key", message: "This API key has expired" } as const);

// RFC 9110, 11.4: the scheme ignores letter case; RFC 6750, 2.1: one token of visible ASCII.
const bearer = /^bearer +([\x21-\x7e]+)$/i;

/**
 * Who is calling: from the Authorization header to a principal, or why not. Checks cost nothing first: shape of the
 * header, format and checksum of the key, then one look-up, then expiry (contract, section 1, "Order of checks").
 */
export async function authenticate(
  header: string | null,
  lookup: KeyLookup,
  now: Date,
): Promise<Result<Principal, AuthFailure>> {
  if (header === null || header === "") return missing;
  const key = bearer.exec(header)?.[1];
  if (key === undefined) return malformed;
  const shape = keyShape(key);
  if (shape === "wrong_format") return wrongFormat;
  if (shape === "wrong_checksum") return wrongChecksum;
  const known = await lookup(hashKey(key));
  if (known === null) return unknown;
  if (known.expiresAt !== null && known.expiresAt <= now) return expired;
  return ok(known);
}
