import { open, seal } from "@/lib/infrastructure/sealing/seal";

export function sealVariable(masterKey: Buffer, id: number, value: string): Buffer {
  return seal(masterKey, `environment_variable:${id}`, value);
}

/** Throws when the master key is another one or the row was tampered with. */
export function openVariable(masterKey: Buffer, id: number, sealed: Buffer): string {
  return open(masterKey, `environment_variable:${id}`, sealed);
}
