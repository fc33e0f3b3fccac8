import { httpUrlPattern } from "./config-patterns";
import type { ProviderEntry } from "./model";

/** APIs that need no authentication. */
export const noAuthProviders: readonly ProviderEntry[] = [
  {
    name: "unauthenticated",
    display_name: "Unauthenticated",
    connection_config: {
      base_url: { title: "API base URL", example: "https://api.example.com", pattern: httpUrlPattern },
    },
    proxy: { base_url: "{connectionConfig.base_url}" },
    docs: "https://developer.mozilla.org/docs/Web/HTTP",
    categories: ["other"],
  },
];
