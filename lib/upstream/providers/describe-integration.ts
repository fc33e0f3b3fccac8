import { findProvider } from "./catalog";
import { createLogoUrl } from "./logo";
import type { Provider } from "./model";

/**
 * Returns the name and logo to show for an integration, and its provider; null when the catalog has none. The
 * name is the integration's own when it has one, otherwise the provider's.
 */
export function describeIntegration({
  provider: name,
  displayName,
}: {
  readonly provider: string;
  readonly displayName: string | null;
}): { readonly name: string; readonly logo: string; readonly provider: Provider | null } {
  const provider = findProvider(name);
  const shownName = displayName ?? provider?.display_name ?? name;
  return { name: shownName, logo: provider?.logo_url ?? createLogoUrl(name, shownName), provider };
}
