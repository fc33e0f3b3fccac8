import { seal, unseal } from "@/lib/infrastructure/sealing/seal";

const sealContext = (id: number) => `environment_variable:${id}`;

/** Encrypts a value. The sealed value can be decrypted only for the row with this id. */
export function sealVariable(masterKey: Buffer, id: number, value: string): Buffer {
  return seal(masterKey, sealContext(id), value);
}

/** Decrypts a sealed value. Throws when the master key differs or the sealed value was altered. */
export function unsealVariable(masterKey: Buffer, id: number, sealed: Buffer): string {
  return unseal(masterKey, sealContext(id), sealed);
}
