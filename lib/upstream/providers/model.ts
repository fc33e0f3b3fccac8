export const authModes = ["OAUTH2", "OAUTH2_CC", "API_KEY", "BASIC", "NONE"] as const;

export type AuthMode = (typeof authModes)[number];

/** The modes by which an end user connects: with an account, or with what opens one. */
export const connectModes = ["OAUTH2", "API_KEY", "BASIC"] as const satisfies readonly AuthMode[];

export type ConnectMode = (typeof connectModes)[number];

/** How end users connect to the provider; null when they cannot, and an application imports the connection. */
export function getConnectMode({ auth_mode }: { readonly auth_mode: AuthMode }): ConnectMode | null {
  return connectModes.find((mode) => mode === auth_mode) ?? null;
}

/** One value that an address needs and that differs from one connection, or integration, to the next. */
export type ConfigField = {
  readonly title: string;
  readonly description?: string;
  readonly example?: string;
  /** What is written behind the value where people type it, such as `.okta.com`. */
  readonly suffix?: string;
  /** The value matches this from start to end. */
  readonly pattern: string;
  readonly optional?: boolean;
};

/** What the catalogue writes down of an API. Field names are the wire's; `{…}` in an address is filled per connection. */
export type ProviderEntry = {
  readonly name: string;
  readonly display_name: string;
  readonly authorization_url?: string;
  readonly token_url?: string;
  /** The issuer identifier, where the provider has one and sends it with its answers (RFC 9207). */
  readonly issuer?: string;
  /** Sent along to the authorization page; Google, for one, gives refresh tokens only when asked for in its own way. */
  readonly authorization_params?: Readonly<Record<string, string>>;
  /** How the client authenticates at the token endpoint (RFC 6749, 2.3.1); in the body unless said. */
  readonly token_request_auth_method?: "basic";
  /** Between scopes; a space unless said (RFC 6749, 3.3). */
  readonly scope_separator?: string;
  /** Fields of the token answer that become part of the connection's config. */
  readonly token_response_metadata?: readonly string[];
  /** What the end user is asked for: fills `{connectionConfig.…}`. */
  readonly connection_config?: Readonly<Record<string, ConfigField>>;
  /** What `custom` of the integration holds: fills `{custom.…}`. */
  readonly custom?: Readonly<Record<string, ConfigField>>;
  /** Where the API is. `{apiKey}` in `headers` and `query` is filled from the connection's credentials. */
  readonly proxy: {
    readonly base_url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
  };
  readonly docs: string;
  readonly categories: readonly string[];
};

/** An API that integrations can be made for. */
export type Provider = ProviderEntry & {
  readonly auth_mode: AuthMode;
  readonly logo_url: string;
};
