import { defaultShouldDehydrateQuery, environmentManager, QueryClient } from "@tanstack/react-query";
import { cache } from "react";

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Above zero, so that the browser does not fetch again what the server prefetched.
      queries: { staleTime: 30_000, retry: 1 },
      dehydrate: {
        // Also a pending query, so that the page does not wait for it.
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === "pending",
      },
    },
  });
}

const getRequestClient = cache(makeQueryClient);

let browserClient: QueryClient | undefined;

/**
 * Returns one client per request on the server, one per page in the browser (TanStack Query, "Advanced Server
 * Rendering").
 */
export function getQueryClient(): QueryClient {
  if (environmentManager.isServer()) return getRequestClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}
