import type { EndUser } from "@/lib/upstream/connections/end-user";
import type { IntegrationDefaults } from "@/lib/upstream/integrations/model";

export type ConnectOverrides = {
  /** A page for the end user that replaces the provider's documentation. */
  readonly docs_connect?: string | undefined;
};

/** A time-limited right to connect one's accounts, as its token's bearer has it. */
export type ConnectSession = {
  readonly id: number;
  readonly environmentId: number;
  readonly endUser: EndUser | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Unique keys; null means every integration of the environment. */
  readonly allowedIntegrations: readonly string[] | null;
  readonly integrationsConfigDefaults: Readonly<Record<string, IntegrationDefaults>> | null;
  readonly overrides: Readonly<Record<string, ConnectOverrides>> | null;
  /** The id of the connection whose credentials are renewed; null when a new one is made. */
  readonly reconnects: number | null;
  /** The id of the connection made or renewed last. */
  readonly connected: number | null;
  readonly expiresAt: Date;
};

/** May this session connect the integration? */
export function allowsIntegration(session: ConnectSession, uniqueKey: string): boolean {
  return session.allowedIntegrations === null || session.allowedIntegrations.includes(uniqueKey);
}

/** How long a session lasts (contract, section 2, 11). */
export const sessionLifetimeMinutes = 30;
