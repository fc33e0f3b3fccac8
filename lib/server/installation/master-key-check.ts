import { open, seal } from "@/lib/infrastructure/sealing/seal";

const owner = "installation";
const knownText = "latchkey";

/** A known text under the master key: what later starts try theirs on. */
export function sealMasterKeyCheck(masterKey: Buffer): Buffer {
  return seal(masterKey, owner, knownText);
}

/** Is this the master key that the database was set up with? */
export function matchesMasterKey(masterKey: Buffer, check: Buffer): boolean {
  try {
    return open(masterKey, owner, check) === knownText;
  } catch {
    return false;
  }
}
