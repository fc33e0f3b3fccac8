import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { SharedApps } from "@/lib/infrastructure/settings/shared-apps";
import { findProvider } from "@/lib/upstream/providers/catalog";
import { findChangedAddresses } from "./addresses";
import type {
  Integration,
  IntegrationChange,
  IntegrationError,
  NewIntegration,
  OAuthClientInput,
  StoredOAuthClient,
} from "./model";
import { openOAuthClient, sealOAuthClient } from "./secret";
import {
  hasConnections,
  insertIntegration,
  lockIntegrationForUpdate,
  markConnectionsForReconnect,
  nextIntegrationId,
  updateIntegration,
} from "./store";

/**
 * Converts a client in a request to the stored form. `scopes` and `webhook_secret` keep their stored values
 * when absent, unless the stored client is the operator's shared app.
 */
function mergeClient(input: OAuthClientInput, stored: StoredOAuthClient | null): StoredOAuthClient {
  const ownClient = stored?.shared === true ? null : stored;
  const { scopes = ownClient?.scopes, webhook_secret = ownClient?.webhook_secret } = input;
  const { type, client_id, client_secret } = input;
  return { type, client_id, client_secret, scopes: scopes || null, webhook_secret: webhook_secret || null };
}

/**
 * Creates an integration. Providers with the authorization code grant (`OAUTH2`) require `credentials`; all
 * other providers reject them.
 */
export async function createIntegration(
  db: Database,
  masterKey: Buffer,
  environmentId: number,
  values: NewIntegration,
): Promise<Result<Integration, IntegrationError>> {
  const provider = findProvider(values.provider);
  if (provider === null) return fail("unknown_provider");
  const { credentials } = values;
  if (credentials !== undefined && credentials.type !== provider.auth_mode)
    return fail("credentials_mismatch");
  if (credentials === undefined && provider.auth_mode === "OAUTH2") return fail("missing_credentials");
  return insertWithClient(db, environmentId, values, (id) =>
    credentials === undefined ? null : sealOAuthClient(masterKey, id, mergeClient(credentials, null)),
  );
}

async function insertWithClient(
  db: Database,
  environmentId: number,
  values: Omit<NewIntegration, "credentials">,
  sealClient: (id: number) => Buffer | null,
): Promise<Result<Integration, "duplicate_key">> {
  const id = await nextIntegrationId(db);
  const integration = await insertIntegration(db, environmentId, {
    id,
    uniqueKey: values.unique_key,
    provider: values.provider,
    displayName: values.display_name ?? null,
    forwardWebhooks: values.forward_webhooks ?? true,
    credentialsSealed: sealClient(id),
    custom: values.custom ?? {},
  });
  return integration === null ? fail("duplicate_key") : ok(integration);
}

/** Creates an integration that uses the operator's shared app for the provider; fails when there is none. */
export async function createQuickstartIntegration(
  db: Database,
  masterKey: Buffer,
  sharedApps: SharedApps,
  environmentId: number,
  values: Omit<NewIntegration, "credentials" | "custom">,
): Promise<Result<Integration, IntegrationError>> {
  const provider = findProvider(values.provider);
  if (provider === null) return fail("unknown_provider");
  const app = Object.hasOwn(sharedApps, provider.name) ? sharedApps[provider.name] : undefined;
  // With addresses of the caller's own, the operator's secret would be sent to them.
  const hasOwnAddresses = provider.custom !== undefined;
  if (app === undefined || provider.auth_mode !== "OAUTH2" || hasOwnAddresses) return fail("no_shared_app");
  const client = {
    type: provider.auth_mode,
    ...{ client_id: app.client_id, client_secret: app.client_secret, scopes: app.scopes || null },
    webhook_secret: null,
    shared: true,
  } as const;
  return insertWithClient(db, environmentId, values, (id) => sealOAuthClient(masterKey, id, client));
}

/** Who changes an integration. */
export type IntegrationChanger = {
  /** True when the caller may read the integration's and the connections' secrets, and so send them anywhere. */
  readonly canChooseDestination: boolean;
  readonly requestId: string;
};

/**
 * Changes the given fields of an integration. Its key can be changed only while it has no connections. A
 * changed address removes the stored client, unless `change` brings one or the caller may choose where
 * secrets are sent; credentials of connections that would be sent there must be stored again.
 */
export async function changeIntegration(
  db: Database,
  masterKey: Buffer,
  environmentId: number,
  uniqueKey: string,
  change: IntegrationChange,
  { canChooseDestination, requestId }: IntegrationChanger,
): Promise<Result<Integration, IntegrationError>> {
  return db.transaction(async (tx) => {
    const current = await lockIntegrationForUpdate(tx, environmentId, uniqueKey);
    if (current === null) return fail("not_found");
    const provider = findProvider(current.provider);
    const { credentials } = change;
    if (credentials !== undefined && credentials.type !== provider?.auth_mode) {
      return fail("credentials_mismatch");
    }
    const isRenamed = change.unique_key !== undefined && change.unique_key !== uniqueKey;
    if (isRenamed && (await hasConnections(tx, environmentId, current.id))) return fail("has_connections");
    const changed = findChangedAddresses(provider, current.custom, change.custom ?? {});
    const usesClient = changed.any || credentials !== undefined;
    const stored = usesClient ? openOAuthClient(masterKey, current) : null;
    // The operator's shared app is not the caller's to send to another address.
    const dropsClient = changed.any && (stored?.shared === true || !canChooseDestination);
    const needsReconnect = changed.ofConnections && !canChooseDestination;
    const updated = await updateIntegration(tx, environmentId, current.id, {
      uniqueKey: change.unique_key,
      displayName: change.display_name,
      forwardWebhooks: change.forward_webhooks,
      credentialsSealed:
        credentials === undefined
          ? keptClient(dropsClient)
          : sealOAuthClient(masterKey, current.id, mergeClient(credentials, stored)),
      addressVersion: needsReconnect ? current.addressVersion + 1 : undefined,
      custom: change.custom,
    });
    if (typeof updated === "string") return fail(updated);
    if (needsReconnect) await markConnectionsForReconnect(tx, environmentId, current.id, requestId);
    return ok(updated);
  });
}

/** Undefined keeps the stored client, null removes it. */
const keptClient = (isDropped: boolean) => (isDropped ? null : undefined);
