export const authModes = ["OAUTH2", "API_KEY", "BASIC"] as const;

export type AuthMode = (typeof authModes)[number];

/** What the catalogue writes down of an API. Field names are the wire's; `{…}` in an address is filled per connection. */
export type ProviderEntry = {
  readonly name: string;
  readonly display_name: string;
  readonly authorization_url?: string;
  readonly token_url?: string;
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
