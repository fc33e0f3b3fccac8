import { open, seal } from "@/lib/infrastructure/sealing/seal";
import { type SealedIntegration, type StoredOAuthClient, storedOAuthClientSchema } from "./model";

const owner = (id: number) => `integration:${id}`;

export function sealOAuthClient(masterKey: Buffer, id: number, client: StoredOAuthClient): Buffer {
  return seal(masterKey, owner(id), JSON.stringify(client));
}

/** The client's id and secret; null for an integration that has none. */
export function openOAuthClient(
  masterKey: Buffer,
  integration: Pick<SealedIntegration, "id" | "credentialsSealed">,
): StoredOAuthClient | null {
  const { id, credentialsSealed } = integration;
  if (credentialsSealed === null) return null;
  return storedOAuthClientSchema.parse(JSON.parse(open(masterKey, owner(id), credentialsSealed)));
}
