/** An integration as the dashboard lists it. No field can contain a secret. Times are ISO 8601. */
export type IntegrationView = {
  readonly id: number;
  readonly uniqueKey: string;
  readonly provider: string;
  readonly displayName: string | null;
  readonly createdAt: string;
  /** Number of live connections. */
  readonly connections: number;
  /** Number of deployed functions of every kind. */
  readonly functions: number;
};

/** An integration as its own page shows it. */
export type IntegrationDetail = IntegrationView & {
  readonly forwardWebhooks: boolean;
  readonly updatedAt: string;
  /** True when the integration has a sealed OAuth client. */
  readonly hasClient: boolean;
  /** Names of the `custom` values. Only a reveal returns the values. */
  readonly customNames: readonly string[];
  /** Origins besides the provider's to which the proxy may send credentials. */
  readonly overrideOrigins: readonly string[];
};
