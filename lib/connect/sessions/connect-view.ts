import type { Database } from "@/lib/infrastructure/db/client";
import { findConnection } from "@/lib/upstream/connections/store";
import { listIntegrations } from "@/lib/upstream/integrations/store";
import { findProvider } from "@/lib/upstream/providers/catalog";
import { type ConfigField, type ConnectMode, getConnectMode } from "@/lib/upstream/providers/model";
import { findConnectTarget } from "./connect-target";
import { missingConfigFields } from "./connection-config";
import { allowsIntegration, type ConnectSession } from "./model";

export type ConnectOption = { readonly key: string; readonly name: string; readonly logo: string };

export type ConnectFormView = {
  readonly kind: "form";
  readonly key: string;
  readonly name: string;
  readonly lead: string;
  readonly isReconnect: boolean;
  readonly authMode: ConnectMode;
  readonly fields: Readonly<Record<string, ConfigField>>;
  readonly docs: string;
  /** True when the end user can choose another integration. */
  readonly hasOtherIntegrations: boolean;
};

export type ConnectedView = {
  readonly kind: "connected";
  readonly name: string;
  readonly providerConfigKey: string;
  readonly connectionId: string;
  readonly isReconnect: boolean;
};

/** Content of the connect page. It contains only what the holder of the session's token may see. */
export type ConnectView =
  | ConnectFormView
  | ConnectedView
  | { readonly kind: "choice"; readonly lead: string; readonly options: readonly ConnectOption[] }
  | { readonly kind: "unavailable"; readonly message: string };

/**
 * Returns the content of the connect page for a session. `integration` is the key that the end user chose;
 * null before a choice. After a connection, the page confirms it, or shows the form again if `again` is set.
 */
export async function getConnectView(
  db: Database,
  session: ConnectSession,
  query: { readonly integration: string | null; readonly again: boolean },
): Promise<ConnectView> {
  const options = await listConnectOptions(db, session);
  const nameOf = (key: string) => options.find((option) => option.key === key)?.name ?? key;
  const isReconnect = session.reconnectConnectionRowId !== null;
  if (session.lastConnectionRowId !== null && query.integration === null && !query.again) {
    const connection = await findConnection(db, session.environmentId, session.lastConnectionRowId);
    if (connection !== null) {
      const { providerConfigKey, connectionId } = connection;
      return {
        kind: "connected",
        name: nameOf(providerConfigKey),
        providerConfigKey,
        connectionId,
        isReconnect,
      };
    }
  }
  const [first, ...others] = options;
  if (first === undefined)
    return { kind: "unavailable", message: "No integration is available with this link." };
  const key = query.integration ?? (others.length === 0 ? first.key : null);
  if (key === null) return { kind: "choice", lead: leadText(session), options };
  const target = await findConnectTarget(db, session, key);
  if (!target.ok) return { kind: "unavailable", message: target.error.message };
  const { provider, connectMode, presetConfig } = target.value;
  return {
    kind: "form",
    key,
    name: nameOf(key),
    lead: leadText(session),
    isReconnect,
    authMode: connectMode,
    fields: missingConfigFields(provider, presetConfig),
    docs: session.overrides?.[key]?.docs_connect ?? provider.docs,
    hasOtherIntegrations: others.length > 0,
  };
}

async function listConnectOptions(db: Database, session: ConnectSession): Promise<ConnectOption[]> {
  const integrations = await listIntegrations(db, session.environmentId);
  return integrations.flatMap(({ uniqueKey, provider: providerName, displayName }) => {
    const provider = findProvider(providerName);
    if (provider === null || getConnectMode(provider) === null) return [];
    if (!allowsIntegration(session, uniqueKey)) return [];
    return [{ key: uniqueKey, name: displayName ?? provider.display_name, logo: provider.logo_url }];
  });
}

/** Names the session's end user, so that anyone who received the link of another end user can notice it. */
function leadText({ endUser }: ConnectSession): string {
  const userName = endUser?.display_name || endUser?.email;
  return userName
    ? `Your account will be connected for ${userName}.`
    : "Your account will be connected for the application that sent you here.";
}
