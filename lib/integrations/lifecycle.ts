import { hasConnections } from "../connections/store";
import type { Database } from "../db/client";
import { findProvider } from "../providers/catalogue";
import { fail, ok, type Result } from "../result";
import type {
  ClientCredentials,
  Integration,
  IntegrationChange,
  IntegrationRefusal,
  NewIntegration,
  StoredClient,
} from "./model";
import { openClient, sealClient } from "./secret";
import { insertIntegration, lockIntegration, nextIntegrationId, updateIntegration } from "./store";

/** What of a provider's client is kept: `scopes` and `webhook_secret` that are not given stay as they were. */
function mergeClient(given: ClientCredentials, stored: StoredClient | null): StoredClient {
  const { scopes = stored?.scopes, webhook_secret = stored?.webhook_secret } = given;
  const { type, client_id, client_secret } = given;
  return { type, client_id, client_secret, scopes: scopes || null, webhook_secret: webhook_secret || null };
}

/** Adds an integration. OAuth providers need their client, the others take none. */
export async function createIntegration(
  db: Database,
  masterKey: Buffer,
  environmentId: number,
  values: NewIntegration,
): Promise<Result<Integration, IntegrationRefusal>> {
  const provider = findProvider(values.provider);
  if (provider === null) return fail("unknown_provider");
  const { credentials } = values;
  if (credentials !== undefined && credentials.type !== provider.auth_mode)
    return fail("credentials_mismatch");
  if (credentials === undefined && provider.auth_mode === "OAUTH2") return fail("missing_credentials");
  const id = await nextIntegrationId(db);
  const integration = await insertIntegration(db, environmentId, {
    id,
    uniqueKey: values.unique_key,
    provider: provider.name,
    displayName: values.display_name ?? null,
    forwardWebhooks: values.forward_webhooks ?? true,
    credentialsSealed:
      credentials === undefined ? null : sealClient(masterKey, id, mergeClient(credentials, null)),
  });
  return integration === null ? fail("duplicate_key") : ok(integration);
}

/** Changes what is given. A key can only be renamed while no connection goes by it. */
export async function changeIntegration(
  db: Database,
  masterKey: Buffer,
  environmentId: number,
  uniqueKey: string,
  change: IntegrationChange,
): Promise<Result<Integration, IntegrationRefusal>> {
  return db.transaction(async (tx) => {
    const current = await lockIntegration(tx, environmentId, uniqueKey);
    if (current === null) return fail("not_found");
    const { credentials } = change;
    if (credentials !== undefined && credentials.type !== findProvider(current.provider)?.auth_mode) {
      return fail("credentials_mismatch");
    }
    const isRenamed = change.unique_key !== undefined && change.unique_key !== uniqueKey;
    if (isRenamed && (await hasConnections(tx, environmentId, current.id))) return fail("has_connections");
    const client =
      credentials === undefined ? undefined : mergeClient(credentials, openClient(masterKey, current));
    const changed = await updateIntegration(tx, environmentId, current.id, {
      uniqueKey: change.unique_key,
      displayName: change.display_name,
      forwardWebhooks: change.forward_webhooks,
      credentialsSealed: client === undefined ? undefined : sealClient(masterKey, current.id, client),
      custom: change.custom,
    });
    return typeof changed === "string" ? fail(changed) : ok(changed);
  });
}
