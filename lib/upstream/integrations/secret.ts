import { seal, unseal } from "@/lib/infrastructure/sealing/seal";
import { type SealedIntegration, type StoredOAuthClient, storedOAuthClientSchema } from "./model";

const sealContext = (id: number) => `integration:${id}`;

/** Encrypts an OAuth client. The sealed value can be decrypted only for the row with this id. */
export function sealOAuthClient(masterKey: Buffer, id: number, client: StoredOAuthClient): Buffer {
  return seal(masterKey, sealContext(id), JSON.stringify(client));
}

/**
 * Decrypts an integration's sealed OAuth client; null when it has none. Throws when the master key differs or
 * the sealed value was altered.
 */
export function openOAuthClient(
  masterKey: Buffer,
  integration: Pick<SealedIntegration, "id" | "credentialsSealed">,
): StoredOAuthClient | null {
  const { id, credentialsSealed } = integration;
  if (credentialsSealed === null) return null;
  return storedOAuthClientSchema.parse(JSON.parse(unseal(masterKey, sealContext(id), credentialsSealed)));
}
