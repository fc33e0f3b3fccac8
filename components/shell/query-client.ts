import { defaultShouldDehydrateQuery, environmentManager, QueryClient } from "@tanstack/react-query";
import { cache } from "react";

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Above zero, or what the server prefetched would be fetched again on arrival.
      queries: { staleTime: 30_000, retry: 1 },
      dehydrate: {
        // A query still under way travels too: the page need not wait for it.
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === "pending",
      },
    },
  });
}

const perRequest = cache(makeQueryClient);

let inBrowser: QueryClient | undefined;

/** One client per request on the server, one for good in the browser (TanStack Query, "Advanced Server Rendering"). */
export function getQueryClient(): QueryClient {
  if (environmentManager.isServer()) return perRequest();
  inBrowser ??= makeQueryClient();
  return inBrowser;
}
