import { httpUrlPattern } from "./config-patterns";
import type { ProviderEntry } from "./model";

/** APIs that an application calls for itself, with the OAuth 2 client credentials grant (RFC 6749, 4.4). */
export const clientCredentialsProviders: readonly ProviderEntry[] = [
  {
    name: "oauth2-cc-generic",
    display_name: "OAuth 2.0 (Client Credentials)",
    token_url: "{custom.token_url}",
    custom: {
      token_url: { title: "Token URL", example: "https://auth.example.com/token", pattern: httpUrlPattern },
      base_url: { title: "API base URL", example: "https://api.example.com", pattern: httpUrlPattern },
    },
    proxy: { base_url: "{custom.base_url}" },
    docs: "https://www.rfc-editor.org/rfc/rfc6749#section-4.4",
    categories: ["other"],
  },
  {
    name: "spotify-oauth2-cc",
    display_name: "Spotify (Client Credentials)",
    token_url: "https://accounts.spotify.com/api/token",
    token_request_auth_method: "basic",
    proxy: { base_url: "https://api.spotify.com" },
    docs: "https://developer.spotify.com/documentation/web-api/tutorials/client-credentials-flow",
    categories: ["media"],
  },
];
