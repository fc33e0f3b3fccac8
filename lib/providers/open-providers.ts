import type { ProviderEntry } from "./model";

/** APIs that let everybody in. */
export const openProviders: readonly ProviderEntry[] = [
  {
    name: "unauthenticated",
    display_name: "Unauthenticated",
    proxy: { base_url: "{connectionConfig.base_url}" },
    docs: "https://developer.mozilla.org/docs/Web/HTTP",
    categories: ["other"],
  },
];
