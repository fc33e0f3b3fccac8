import { open, seal } from "@/lib/infrastructure/sealing/seal";
import { type SealedIntegration, type StoredClient, storedClientSchema } from "./model";

const owner = (id: number) => `integration:${id}`;

export function sealClient(masterKey: Buffer, id: number, client: StoredClient): Buffer {
  return seal(masterKey, owner(id), JSON.stringify(client));
}

/** The client's id and secret; null for an integration that has none. */
export function openClient(
  masterKey: Buffer,
  integration: Pick<SealedIntegration, "id" | "credentialsSealed">,
): StoredClient | null {
  const { id, credentialsSealed } = integration;
  if (credentialsSealed === null) return null;
  return storedClientSchema.parse(JSON.parse(open(masterKey, owner(id), credentialsSealed)));
}
