import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Connection, JsonObject } from "@/lib/upstream/connections/model";
import { findConnection } from "@/lib/upstream/connections/store";
import type { IntegrationDefaults, SealedIntegration } from "@/lib/upstream/integrations/model";
import { findSealedIntegration } from "@/lib/upstream/integrations/store";
import { findProvider } from "@/lib/upstream/providers/catalogue";
import { type ConnectMode, connectModeOf, type Provider } from "@/lib/upstream/providers/model";
import { allowsIntegration, type ConnectSession } from "./model";
import { type ConnectRefusal, connectionGone, unknownTarget } from "./refusal";

/** What a session is about to connect. */
export type Target = {
  readonly session: ConnectSession;
  readonly integration: SealedIntegration;
  readonly provider: Provider;
  readonly connectMode: ConnectMode;
  readonly defaults: IntegrationDefaults | undefined;
  /** The connection to renew; null when a new one is made. */
  readonly renews: Connection | null;
  /** The config that is settled already: the renewed connection's, and over it what the application chose. */
  readonly preset: JsonObject;
};

/** Finds what the session may connect under this key. */
export async function findTarget(
  db: Database,
  session: ConnectSession,
  uniqueKey: string,
): Promise<Result<Target, ConnectRefusal>> {
  const { environmentId, reconnects } = session;
  if (!allowsIntegration(session, uniqueKey)) return fail(unknownTarget);
  const integration = await findSealedIntegration(db, environmentId, uniqueKey);
  const provider = integration === null ? null : findProvider(integration.provider);
  const connectMode = provider === null ? null : connectModeOf(provider);
  if (integration === null || provider === null || connectMode === null) return fail(unknownTarget);
  const renews = reconnects === null ? null : await findConnection(db, environmentId, reconnects);
  if (reconnects !== null && renews?.providerConfigKey !== uniqueKey) return fail(connectionGone);
  const defaults = session.integrationsConfigDefaults?.[uniqueKey];
  const { oauth_scopes_override: _, ...chosen } = defaults?.connection_config ?? {};
  const preset = { ...renews?.connectionConfig, ...chosen };
  return ok({ session, integration, provider, connectMode, defaults, renews, preset });
}
