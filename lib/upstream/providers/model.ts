export const authModes = ["OAUTH2", "OAUTH2_CC", "API_KEY", "BASIC", "NONE"] as const;

export type AuthMode = (typeof authModes)[number];

/** Auth modes that an end user can connect with on the connect page. */
const connectModes = ["OAUTH2", "API_KEY", "BASIC"] as const satisfies readonly AuthMode[];

export type ConnectMode = (typeof connectModes)[number];

/**
 * Returns the auth mode with which end users connect to the provider. Null when they cannot connect: an
 * application then imports the connection.
 */
export function getConnectMode({ auth_mode }: { readonly auth_mode: AuthMode }): ConnectMode | null {
  return connectModes.find((mode) => mode === auth_mode) ?? null;
}

/** One configuration value that a provider's URLs need, different for each connection or integration. */
export type ConfigField = {
  readonly title: string;
  readonly description?: string;
  readonly example?: string;
  /** Text shown after the input, such as `.okta.com`. */
  readonly suffix?: string;
  /** Regular expression that the whole value must match. */
  readonly pattern: string;
  readonly optional?: boolean;
};

/**
 * A provider's entry in the catalog. Field names are those of the API. `{…}` in a URL is filled from the
 * connection's config or the integration's `custom`.
 */
export type ProviderEntry = {
  readonly name: string;
  readonly display_name: string;
  readonly authorization_url?: string;
  readonly token_url?: string;
  /** Issuer identifier, for a provider that sends it with its responses (RFC 9207). */
  readonly issuer?: string;
  /**
   * Extra parameters of the authorization request. Google, for example, needs `access_type` for refresh
   * tokens.
   */
  readonly authorization_params?: Readonly<Record<string, string>>;
  /** How the client authenticates at the token endpoint (RFC 6749, 2.3.1); in the request body by default. */
  readonly token_request_auth_method?: "basic";
  /** Separator between scopes; a space by default (RFC 6749, 3.3). */
  readonly scope_separator?: string;
  /** Fields of the token response that are copied to the connection's config. */
  readonly token_response_metadata?: readonly string[];
  /**
   * Fields that the end user enters, unless the application has set them. They fill `{connectionConfig.…}`.
   */
  readonly connection_config?: Readonly<Record<string, ConfigField>>;
  /** Fields of the integration's `custom`. They fill `{custom.…}`. */
  readonly custom?: Readonly<Record<string, ConfigField>>;
  /** Base URL of the API. `{apiKey}` in `headers` and `query` is filled from the connection's credentials. */
  readonly proxy: {
    readonly base_url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
  };
  readonly docs: string;
  readonly categories: readonly string[];
};

/** An API that integrations can be created for. */
export type Provider = ProviderEntry & {
  readonly auth_mode: AuthMode;
  readonly logo_url: string;
};
