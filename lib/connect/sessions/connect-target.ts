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

/** The integration that a session connects, with the connection it renews. */
export type ConnectTarget = {
  readonly session: ConnectSession;
  readonly integration: SealedIntegration;
  readonly provider: Provider;
  readonly connectMode: ConnectMode;
  readonly defaults: IntegrationDefaults | undefined;
  /** Connection whose credentials are renewed; null when a new connection is created. */
  readonly existingConnection: Connection | null;
  /**
   * Config that the end user need not enter: that of the renewed connection, overridden by the application's
   * defaults.
   */
  readonly presetConfig: JsonObject;
};

/** Finds the integration with this key for a session. Fails when the session may not connect it. */
export async function findConnectTarget(
  db: Database,
  session: ConnectSession,
  uniqueKey: string,
): Promise<Result<ConnectTarget, ConnectError>> {
  const { environmentId, reconnectConnectionId } = session;
  if (!allowsIntegration(session, uniqueKey)) return fail(unknownIntegrationError);
  const integration = await findSealedIntegration(db, environmentId, uniqueKey);
  const provider = integration === null ? null : findProvider(integration.provider);
  const connectMode = provider === null ? null : getConnectMode(provider);
  if (integration === null || provider === null || connectMode === null) return fail(unknownIntegrationError);
  const existingConnection =
    reconnectConnectionId === null ? null : await findConnection(db, environmentId, reconnectConnectionId);
  if (reconnectConnectionId !== null && existingConnection?.providerConfigKey !== uniqueKey)
    return fail(connectionGoneError);
  const defaults = session.integrationsConfigDefaults?.[uniqueKey];
  const { oauth_scopes_override: _, ...defaultConfig } = defaults?.connection_config ?? {};
  const presetConfig = { ...existingConnection?.connectionConfig, ...defaultConfig };
  return ok({ session, integration, provider, connectMode, defaults, existingConnection, presetConfig });
}
