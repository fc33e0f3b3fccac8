import { open, seal } from "@/lib/infrastructure/sealing/seal";
import { type Credentials, credentialsSchema } from "@/lib/upstream/providers/credentials";

const owner = (id: number) => `connection:${id}`;

export function sealCredentials(masterKey: Buffer, id: number, credentials: Credentials): Buffer {
  return seal(masterKey, owner(id), JSON.stringify(credentials));
}

/** Throws when the master key is another one or the row was tampered with. */
export function openCredentials(masterKey: Buffer, id: number, sealed: Buffer): Credentials {
  return credentialsSchema.parse(JSON.parse(open(masterKey, owner(id), sealed)));
}
