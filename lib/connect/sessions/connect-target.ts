import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Connection, JsonObject } from "@/lib/upstream/connections/model";
import { findConnection } from "@/lib/upstream/connections/store";
import type { IntegrationDefaults, SealedIntegration } from "@/lib/upstream/integrations/model";
import { findSealedIntegration } from "@/lib/upstream/integrations/store";
import { findProvider } from "@/lib/upstream/providers/catalog";
import { type ConnectMode, getConnectMode, type Provider } from "@/lib/upstream/providers/model";
import { type ConnectError, connectionGoneError, unknownIntegrationError } from "./connect-errors";
import { allowsIntegration, type ConnectSession } from "./model";

/** What a session connects: an integration and, in a reconnect session, an existing connection. */
export type ConnectTarget = {
  readonly session: ConnectSession;
  readonly integration: SealedIntegration;
  readonly provider: Provider;
  readonly connectMode: ConnectMode;
  readonly integrationDefaults: IntegrationDefaults | undefined;
  /** The connection to reconnect; null when a new connection is created. */
  readonly existingConnection: Connection | null;
  /** Config that the end user need not enter: that of the existing connection, overridden by the defaults. */
  readonly presetConfig: JsonObject;
};

/**
 * Finds what a session connects with the integration of this key. Fails when the session may not connect it.
 */
export async function findConnectTarget(
  db: Database,
  session: ConnectSession,
  uniqueKey: string,
): Promise<Result<ConnectTarget, ConnectError>> {
  const { environmentId, reconnectConnectionRowId } = session;
  if (!allowsIntegration(session, uniqueKey)) return fail(unknownIntegrationError);
  const integration = await findSealedIntegration(db, environmentId, uniqueKey);
  const provider = integration === null ? null : findProvider(integration.provider);
  const connectMode = provider === null ? null : getConnectMode(provider);
  if (integration === null || provider === null || connectMode === null) return fail(unknownIntegrationError);
  const existingConnection =
    reconnectConnectionRowId === null
      ? null
      : await findConnection(db, environmentId, reconnectConnectionRowId);
  if (reconnectConnectionRowId !== null && existingConnection?.providerConfigKey !== uniqueKey)
    return fail(connectionGoneError);
  const integrationDefaults = session.integrationsConfigDefaults?.[uniqueKey];
  // `oauth_scopes_override` belongs to the authorization request, not to the connection.
  const { oauth_scopes_override: _, ...defaultConfig } = integrationDefaults?.connection_config ?? {};
  const presetConfig = { ...existingConnection?.connectionConfig, ...defaultConfig };
  return ok({
    session,
    integration,
    provider,
    connectMode,
    integrationDefaults,
    existingConnection,
    presetConfig,
  });
}
