import { queryOptions } from "@tanstack/react-query";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";

export const keysQueryKey = (environment: string) => ["environment", environment, "api-keys"] as const;

/** Milliseconds between two requests for the list while a page has no live stream. */
export const refetchIntervalMs = 3000;

/** The server denied access to the list (401, 403 or 404). Not retried automatically. */
export class ListDeniedError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`Access to the key list denied with status ${status}`);
    this.status = status;
  }
}

const deniedStatuses: ReadonlySet<number> = new Set([401, 403, 404]);

async function fetchKeys(environment: string, signal: AbortSignal): Promise<ApiKeyList> {
  const response = await fetch(`/internal/env/${environment}/api-keys`, { signal, redirect: "error" });
  if (deniedStatuses.has(response.status)) throw new ListDeniedError(response.status);
  if (!response.ok) throw new Error(`Loading the key list failed with status ${response.status}`);
  const list: ApiKeyList = await response.json();
  return list;
}

export function keysQuery(environment: string) {
  return queryOptions({
    queryKey: keysQueryKey(environment),
    queryFn: ({ signal }) => fetchKeys(environment, signal),
    retry: false,
  });
}
