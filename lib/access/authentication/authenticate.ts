import { checkKeyFormat } from "@/lib/access/api-keys/key-format";
import { hashKeyHex } from "@/lib/access/api-keys/secret";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Principal } from "./principal";

export type StoredKey = Principal & { readonly expiresAt: Date | null };

/** Finds a key by its SHA-256 in hexadecimal. The one seam between a request and where keys are kept; from memory it answers at once. */
export type KeyLookup = (hash: string) => StoredKey | null | Promise<StoredKey | null>;

export type AuthenticationError = {
  readonly code: "invalid_secret_key_format" | "unknown_account" | "expired_key";
  readonly message: string;
};

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

export type AuthenticationResult = Result<Principal, AuthenticationError>;

/**
 * Authenticates the bearer of a key. Cheap checks first: format and checksum of the key, then one look-up, then expiry
 * (contract, section 1, "Order of checks"). Synchronous, without a promise, on a cache hit.
 */
export function authenticate(
  key: string,
  lookup: KeyLookup,
  now: Date,
): AuthenticationResult | Promise<AuthenticationResult> {
  const shape = checkKeyFormat(key);
  if (shape === "wrong_format") return wrongFormat;
  if (shape === "wrong_checksum") return wrongChecksum;
  const found = lookup(hashKeyHex(key));
  return found instanceof Promise ? found.then((known) => checkKey(known, now)) : checkKey(found, now);
}

function checkKey(known: StoredKey | null, now: Date): AuthenticationResult {
  if (known === null) return unknown;
  if (known.expiresAt !== null && known.expiresAt <= now) return expired;
  return ok(known);
}
