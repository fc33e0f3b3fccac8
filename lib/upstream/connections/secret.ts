import { seal, unseal } from "@/lib/infrastructure/sealing/seal";
import { type Credentials, credentialsSchema } from "@/lib/upstream/providers/credentials";

const sealContext = (id: number) => `connection:${id}`;

/** Encrypts credentials. The sealed value can be decrypted only for the row with this id. */
export function sealCredentials(masterKey: Buffer, id: number, credentials: Credentials): Buffer {
  return seal(masterKey, sealContext(id), JSON.stringify(credentials));
}

/**
 * Decrypts a connection's sealed credentials. Throws when the master key differs or the sealed value was
 * altered.
 */
export function unsealCredentials(masterKey: Buffer, id: number, sealed: Buffer): Credentials {
  return credentialsSchema.parse(JSON.parse(unseal(masterKey, sealContext(id), sealed)));
}
