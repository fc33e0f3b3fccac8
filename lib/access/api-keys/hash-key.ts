import { hash } from "node:crypto";

/** SHA-256 of the key, 32 bytes. A key has 256 random bits, so a slow or salted hash would add nothing. */
export function hashKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

/** SHA-256 of the key in hexadecimal, as look-ups use it. */
export function hashKeyHex(key: string): string {
  return hash("sha256", key, "hex");
}
