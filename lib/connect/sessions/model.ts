import type { EndUser } from "@/lib/upstream/connections/end-user";
import type { IntegrationDefaults } from "@/lib/upstream/integrations/model";

export type ConnectOverrides = {
  /** URL of a help page for the end user, instead of the provider's documentation. */
  readonly docs_connect?: string | undefined;
};

/** A connect session: the holder of its token may connect accounts until it expires. */
export type ConnectSession = {
  readonly id: number;
  readonly environmentId: number;
  readonly endUser: EndUser | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Unique keys; null means every integration of the environment. */
  readonly allowedIntegrations: readonly string[] | null;
  readonly integrationsConfigDefaults: Readonly<Record<string, IntegrationDefaults>> | null;
  readonly overrides: Readonly<Record<string, ConnectOverrides>> | null;
  /** Row id of the connection whose credentials are renewed; null when new connections are created. */
  readonly reconnectConnectionId: number | null;
  /** Row id of the connection created or renewed last; null when there is none yet. */
  readonly lastConnectionId: number | null;
  readonly expiresAt: Date;
};

/** True when the session may connect the integration. */
export function allowsIntegration(session: ConnectSession, uniqueKey: string): boolean {
  return session.allowedIntegrations === null || session.allowedIntegrations.includes(uniqueKey);
}

/** Lifetime of a session in minutes (docs/environment-api.md, section 2, 11). */
export const sessionLifetimeMinutes = 30;
