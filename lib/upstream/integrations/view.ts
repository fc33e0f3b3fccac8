/** An integration as the dashboard lists it. It has no field that could hold a secret; all times are ISO 8601. */
export type IntegrationView = {
  readonly id: number;
  readonly uniqueKey: string;
  readonly provider: string;
  readonly displayName: string | null;
  readonly createdAt: string;
  /** Live connections of it. */
  readonly connections: number;
  /** Functions deployed for it, of every kind. */
  readonly functions: number;
};

/** The same with what its own page says. */
export type IntegrationDetail = IntegrationView & {
  readonly forwardWebhooks: boolean;
  readonly updatedAt: string;
  /** Is there anything sealed to reveal? */
  readonly hasClient: boolean;
  /** Names of what was customised: the values come with the credentials only, since no API call shows them. */
  readonly customNames: readonly string[];
};
