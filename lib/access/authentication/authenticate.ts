import { hashKeyHex } from "@/lib/access/api-keys/hash-key";
import { checkKeyFormat } from "@/lib/access/api-keys/key-format";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Principal } from "./principal";

/** A stored key: its principal and its expiry. `expiresAt` is null for a key that does not expire. */
export type StoredKey = Principal & { readonly expiresAt: Date | null };

/**
 * Finds a key by its SHA-256 in hexadecimal; null if there is none. Synchronous on a cache hit. The only way
 * for a request to reach the stored keys.
 */
export type KeyLookup = (hash: string) => StoredKey | null | Promise<StoredKey | null>;

export type AuthenticationError = {
  readonly code: "invalid_secret_key_format" | "unknown_account" | "expired_key";
  readonly message: string;
};

const wrongFormatError = fail({
  code: "invalid_secret_key_format",
  message: "This is not a Latchkey API key. Keys begin with lk_live_ or lk_test_ and have 57 characters",
} as const);

const wrongChecksumError = fail({
  code: "invalid_secret_key_format",
  message:
    "The checksum of this API key is wrong: it looks like a truncated or altered copy. Copy the key again",
} as const);

// The same error for a key that never existed and for a deleted one, so that it does not reveal which it is.
const unknownKeyError = fail({
  code: "unknown_account",
  message: "This API key does not match any account",
} as const);

const expiredKeyError = fail({ code: "expired_key", message: "This API key has expired" } as const);

export type AuthenticationResult = Result<Principal, AuthenticationError>;

/**
 * Authenticates a caller by its API key. Checks the cheapest first: format and checksum, then one look-up,
 * then the expiry (docs/environment-api.md, section 1, "Order of checks"). Synchronous on a cache hit.
 * Rejects when the look-up fails.
 */
export function authenticate(
  key: string,
  lookup: KeyLookup,
  now: Date,
): AuthenticationResult | Promise<AuthenticationResult> {
  const format = checkKeyFormat(key);
  if (format === "wrong_format") return wrongFormatError;
  if (format === "wrong_checksum") return wrongChecksumError;
  const found = lookup(hashKeyHex(key));
  return found instanceof Promise ? found.then((key) => checkKey(key, now)) : checkKey(found, now);
}

function checkKey(key: StoredKey | null, now: Date): AuthenticationResult {
  if (key === null) return unknownKeyError;
  if (key.expiresAt !== null && key.expiresAt <= now) return expiredKeyError;
  return ok(key);
}
