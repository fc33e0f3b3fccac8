import { apiKeyProviders, basicAuthProviders } from "./api-key-and-basic-auth-providers";
import { clientCredentialsProviders } from "./client-credentials-providers";
import { createLogoUrl } from "./logo";
import type { AuthMode, Provider, ProviderEntry } from "./model";
import { noAuthProviders } from "./no-auth-providers";
import { oauthProviders } from "./oauth-providers";

function toProviders(authMode: AuthMode, entries: readonly ProviderEntry[]): Provider[] {
  return entries.map((entry) => ({
    ...entry,
    auth_mode: authMode,
    logo_url: createLogoUrl(entry.name, entry.display_name),
  }));
}

/** All providers, sorted by name. */
export const providers: readonly Provider[] = [
  ...toProviders("OAUTH2", oauthProviders),
  ...toProviders("OAUTH2_CC", clientCredentialsProviders),
  ...toProviders("API_KEY", apiKeyProviders),
  ...toProviders("BASIC", basicAuthProviders),
  ...toProviders("NONE", noAuthProviders),
].sort((a, b) => (a.name < b.name ? -1 : 1));

const providersByName: ReadonlyMap<string, Provider> = new Map(
  providers.map((provider) => [provider.name, provider]),
);

/** Finds a provider by its name; null when the catalog has none. */
export function findProvider(name: string): Provider | null {
  return providersByName.get(name) ?? null;
}
