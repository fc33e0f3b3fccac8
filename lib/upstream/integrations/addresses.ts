import type { Provider } from "@/lib/upstream/providers/model";

/** Which addresses a change of `custom` values changes. */
export type ChangedAddresses = {
  /** True when any address of the provider's changes. */
  readonly any: boolean;
  /** True when credentials of connections are sent to a changed address: the token URL or the API's base URL. */
  readonly ofConnections: boolean;
};

/**
 * Finds the addresses that `change`, merged into the stored `custom` values, changes. Setting one for the first
 * time is a change: what is stored was not stored for it.
 */
export function findChangedAddresses(
  provider: Provider | null,
  stored: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
): ChangedAddresses {
  if (provider === null) return { any: false, ofConnections: false };
  const { authorization_url = "", token_url = "", issuer = "", proxy } = provider;
  const isChanged = (template: string) =>
    namesIn(template).some((name) => Object.hasOwn(change, name) && change[name] !== stored[name]);
  return {
    any: [authorization_url, token_url, issuer, proxy.base_url].some(isChanged),
    ofConnections: [token_url, proxy.base_url].some(isChanged),
  };
}

function namesIn(template: string): string[] {
  return [...template.matchAll(/\{custom\.(\w+)\}/g)].map(([, name = ""]) => name);
}
