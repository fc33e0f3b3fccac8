import { createHash } from "node:crypto";
import { open, seal } from "../sealing/seal";

/** SHA-256 of the key, 32 bytes. A key has 256 random bits, so a slow or salted hash would add nothing. */
export function hashKey(key: string): Buffer {
  return createHash("sha256").update(key, "latin1").digest();
}

export function sealKey(masterKey: Buffer, id: number, key: string): Buffer {
  return seal(masterKey, `api_key:${id}`, key);
}

/** Throws when the master key is another one or the row was tampered with. */
export function openKey(masterKey: Buffer, id: number, sealed: Buffer): string {
  return open(masterKey, `api_key:${id}`, sealed);
}
