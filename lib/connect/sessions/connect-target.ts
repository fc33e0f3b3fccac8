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

/** What a session is about to connect. */
export type ConnectTarget = {
  readonly session: ConnectSession;
  readonly integration: SealedIntegration;
  readonly provider: Provider;
  readonly connectMode: ConnectMode;
  readonly defaults: IntegrationDefaults | undefined;
  /** The connection to renew; null when a new one is made. */
  readonly existingConnection: Connection | null;
  /** The config that is settled already: the renewed connection's, and over it what the application chose. */
  readonly presetConfig: JsonObject;
};

/** Finds what the session may connect under this key. */
export async function findConnectTarget(
  db: Database,
  session: ConnectSession,
  uniqueKey: string,
): Promise<Result<ConnectTarget, ConnectError>> {
  const { environmentId, reconnects } = session;
  if (!allowsIntegration(session, uniqueKey)) return fail(unknownIntegrationError);
  const integration = await findSealedIntegration(db, environmentId, uniqueKey);
  const provider = integration === null ? null : findProvider(integration.provider);
  const connectMode = provider === null ? null : getConnectMode(provider);
  if (integration === null || provider === null || connectMode === null) return fail(unknownIntegrationError);
  const existingConnection = reconnects === null ? null : await findConnection(db, environmentId, reconnects);
  if (reconnects !== null && existingConnection?.providerConfigKey !== uniqueKey)
    return fail(connectionGoneError);
  const defaults = session.integrationsConfigDefaults?.[uniqueKey];
  const { oauth_scopes_override: _, ...chosen } = defaults?.connection_config ?? {};
  const presetConfig = { ...existingConnection?.connectionConfig, ...chosen };
  return ok({ session, integration, provider, connectMode, defaults, existingConnection, presetConfig });
}
