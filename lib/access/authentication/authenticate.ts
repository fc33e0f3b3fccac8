import { keyHash } from "@/lib/access/api-keys/secret";
import { keyShape } from "@/lib/access/api-keys/token";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Principal } from "./principal";

export type KnownKey = Principal & { readonly expiresAt: Date | null };

/** Finds a key by its SHA-256 in hexadecimal. The one seam between a request and where keys are kept; from memory it answers at once. */
export type KeyLookup = (hash: string) => KnownKey | null | Promise<KnownKey | null>;

export type AuthFailure = {
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

export type Authenticated = Result<Principal, AuthFailure>;

/**
 * Authenticates the bearer of a key. Cheap checks first: format and checksum of the key, then one look-up, then expiry
 * (contract, section 1, "Order of checks"). Synchronous, without a promise, on a cache hit.
 */
export function authenticate(
  key: string,
  lookup: KeyLookup,
  now: Date,
): Authenticated | Promise<Authenticated> {
  const shape = keyShape(key);
  if (shape === "wrong_format") return wrongFormat;
  if (shape === "wrong_checksum") return wrongChecksum;
  const found = lookup(keyHash(key));
  return found instanceof Promise ? found.then((known) => judge(known, now)) : judge(found, now);
}

function judge(known: KnownKey | null, now: Date): Authenticated {
  if (known === null) return unknown;
  if (known.expiresAt !== null && known.expiresAt <= now) return expired;
  return ok(known);
}
