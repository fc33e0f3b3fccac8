import { seal, unseal } from "@/lib/infrastructure/sealing/seal";

const sealContext = "installation";
const knownText = "latchkey";

/** Seals a known text with the master key. Later starts verify their master key against it. */
export function sealMasterKeyCheck(masterKey: Buffer): Buffer {
  return seal(masterKey, sealContext, knownText);
}

/** True when the database was set up with this master key. */
export function matchesMasterKey(masterKey: Buffer, check: Buffer): boolean {
  try {
    return unseal(masterKey, sealContext, check) === knownText;
  } catch {
    return false;
  }
}
