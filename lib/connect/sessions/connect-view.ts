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
  /** Is there another integration to go back to? */
  readonly hasOtherIntegrations: boolean;
};

export type ConnectedView = {
  readonly kind: "connected";
  readonly name: string;
  readonly providerConfigKey: string;
  readonly connectionId: string;
  readonly isReconnect: boolean;
};

/** What the connect page shows; nothing in it is secret but to the session's own bearer. */
export type ConnectView =
  | ConnectFormView
  | ConnectedView
  | { readonly kind: "choice"; readonly lead: string; readonly options: readonly ConnectOption[] }
  | { readonly kind: "nothing"; readonly message: string };

/** Decides what a session's bearer sees: `integration` was chosen, `again` asks for more after a first connection. */
export async function getConnectView(
  db: Database,
  session: ConnectSession,
  asked: { readonly integration: string | null; readonly again: boolean },
): Promise<ConnectView> {
  const options = await listConnectOptions(db, session);
  const nameOf = (key: string) => options.find((option) => option.key === key)?.name ?? key;
  if (session.connected !== null && asked.integration === null && !asked.again) {
    const connection = await findConnection(db, session.environmentId, session.connected);
    if (connection !== null) {
      const { providerConfigKey, connectionId } = connection;
      const isRenewal = session.reconnects !== null;
      return {
        kind: "connected",
        name: nameOf(providerConfigKey),
        providerConfigKey,
        connectionId,
        isReconnect: isRenewal,
      };
    }
  }
  const [first, ...others] = options;
  if (first === undefined) return { kind: "nothing", message: "No integration is open to this link." };
  const key = asked.integration ?? (others.length === 0 ? first.key : null);
  if (key === null) return { kind: "choice", lead: leadText(session), options };
  const target = await findConnectTarget(db, session, key);
  if (!target.ok) return { kind: "nothing", message: target.error.message };
  const { provider, connectMode, presetConfig } = target.value;
  return {
    kind: "form",
    key,
    name: nameOf(key),
    lead: leadText(session),
    isReconnect: session.reconnects !== null,
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

/** Whoever was sent a link made for somebody else can see that here. */
function leadText({ endUser }: ConnectSession): string {
  const who = endUser?.display_name || endUser?.email;
  return who
    ? `Your account will be connected for ${who}.`
    : "Your account will be connected for the application that sent you here.";
}
