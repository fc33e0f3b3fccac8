import { hash } from "node:crypto";

/**
 * Returns the SHA-256 of a key, 32 bytes. A key has 256 random bits, so a slow or salted hash would add
 * nothing.
 */
export function hashKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

/** Returns the SHA-256 of a key in hexadecimal, the form that look-ups use. */
export function hashKeyHex(key: string): string {
  return hash("sha256", key, "hex");
}
