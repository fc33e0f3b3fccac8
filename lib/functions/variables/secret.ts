import { seal, unseal } from "@/lib/infrastructure/sealing/seal";

/** Seals the value of one variable's row. */
export function sealVariable(masterKey: Buffer, id: number, value: string): Buffer {
  return seal(masterKey, `environment_variable:${id}`, value);
}

/** Opens a sealed value. Throws when the master key differs or the sealed value was altered. */
export function openVariable(masterKey: Buffer, id: number, sealed: Buffer): string {
  return unseal(masterKey, `environment_variable:${id}`, sealed);
}
