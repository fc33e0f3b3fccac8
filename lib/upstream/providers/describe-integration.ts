import { findProvider } from "./catalog";
import { createLogoUrl } from "./logo";
import type { Provider } from "./model";

/** An integration's name and picture: its own name where it has one, else its provider's. */
export function describeIntegration({
  provider: name,
  displayName,
}: {
  readonly provider: string;
  readonly displayName: string | null;
}): { readonly name: string; readonly logo: string; readonly provider: Provider | null } {
  const provider = findProvider(name);
  const shown = displayName ?? provider?.display_name ?? name;
  return { name: shown, logo: provider?.logo_url ?? createLogoUrl(name, shown), provider };
}
