import type { ProviderEntry } from "./model";

/** APIs that an application opens in its own name, by the OAuth 2 client credentials grant (RFC 6749, 4.4). */
export const clientCredentialsProviders: readonly ProviderEntry[] = [
  {
    name: "spotify-oauth2-cc",
    display_name: "Spotify (Client Credentials)",
    token_url: "https://accounts.spotify.com/api/token",
    proxy: { base_url: "https://api.spotify.com" },
    docs: "https://developer.spotify.com/documentation/web-api/tutorials/client-credentials-flow",
    categories: ["media"],
  },
];
