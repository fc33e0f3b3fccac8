import { open, seal } from "@/lib/infrastructure/sealing/seal";

/** Seals a key for its row. `id` is the key's id, which is the associated data. */
export function sealKey(masterKey: Buffer, id: number, key: string): Buffer {
  return seal(masterKey, `api_key:${id}`, key);
}

/** Opens a sealed key. Throws when the master key differs or the row was tampered with. */
export function openKey(masterKey: Buffer, id: number, sealed: Buffer): string {
  return open(masterKey, `api_key:${id}`, sealed);
}
