import crypto from "node:crypto";
import { open, seal } from "@/lib/infrastructure/sealing/seal";

/** SHA-256 of the key, 32 bytes. A key has 256 random bits, so a slow or salted hash would add nothing. */
export function hashKey(key: string): Buffer {
  return Buffer.from(hashKeyHex(key), "hex");
}

/**
 * SHA-256 of the key in hexadecimal, as look-ups use it. `crypto.hash` exists since Node 20.12 and is five
 * times as fast.
 */
export const hashKeyHex: (key: string) => string =
  typeof crypto.hash === "function"
    ? (key) => crypto.hash("sha256", key, "hex")
    : (key) => crypto.createHash("sha256").update(key).digest("hex");

/** Seals a key for its row. `id` is the key's id, which is the associated data. */
export function sealKey(masterKey: Buffer, id: number, key: string): Buffer {
  return seal(masterKey, `api_key:${id}`, key);
}

/** Opens a sealed key. Throws when the master key differs or the row was tampered with. */
export function openKey(masterKey: Buffer, id: number, sealed: Buffer): string {
  return open(masterKey, `api_key:${id}`, sealed);
}
