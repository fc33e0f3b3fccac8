import { clientCredentialsProviders } from "./client-credentials-providers";
import { apiKeyProviders, basicProviders } from "./key-providers";
import { logoUrl } from "./logo";
import type { AuthMode, Provider, ProviderEntry } from "./model";
import { oauthProviders } from "./oauth-providers";
import { openProviders } from "./open-providers";

function finish(authMode: AuthMode, entries: readonly ProviderEntry[]): Provider[] {
  return entries.map((entry) => ({
    ...entry,
    auth_mode: authMode,
    logo_url: logoUrl(entry.name, entry.display_name),
  }));
}

/** Every provider, by name. */
export const providers: readonly Provider[] = [
  ...finish("OAUTH2", oauthProviders),
  ...finish("OAUTH2_CC", clientCredentialsProviders),
  ...finish("API_KEY", apiKeyProviders),
  ...finish("BASIC", basicProviders),
  ...finish("NONE", openProviders),
].sort((a, b) => (a.name < b.name ? -1 : 1));

const byName: ReadonlyMap<string, Provider> = new Map(providers.map((provider) => [provider.name, provider]));

export function findProvider(name: string): Provider | null {
  return byName.get(name) ?? null;
}
