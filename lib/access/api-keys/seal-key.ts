import { seal, unseal } from "@/lib/infrastructure/sealing/seal";

/** Seals a key for its row. `id` is the id of the row. */
export function sealKey(masterKey: Buffer, id: number, key: string): Buffer {
  return seal(masterKey, `api_key:${id}`, key);
}

/** Unseals a key. Throws when the master key differs or the sealed value was altered. */
export function unsealKey(masterKey: Buffer, id: number, sealed: Buffer): string {
  return unseal(masterKey, `api_key:${id}`, sealed);
}
