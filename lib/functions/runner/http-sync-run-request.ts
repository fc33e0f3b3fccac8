import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { SyncRunRequest } from "./runner";

/**
 * Tells the runner at `url` that runs of syncs were asked for, with one POST of `{type: "sync-request", environment_id,
 * provider_config_key, mode, empty_cache, syncs}`. Any 2xx says that it takes them on; the runs themselves end later.
 */
export async function postSyncRunRequest(
  url: string,
  timeoutMs: number,
  request: SyncRunRequest,
): Promise<Result<null, "unreachable">> {
  const body = JSON.stringify({
    type: "sync-request",
    environment_id: request.environmentId,
    provider_config_key: request.providerConfigKey,
    syncs: request.syncs.map((sync) => ({
      id: sync.id,
      name: sync.name,
      variant: sync.variant,
      connection_id: sync.connectionId,
    })),
    mode: request.run.mode,
    empty_cache: request.run.emptyCache,
  });
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok ? ok(null) : fail("unreachable");
  } catch (error) {
    const tooLate = error instanceof DOMException && error.name === "TimeoutError";
    // What `fetch` throws when there is no connection, or it breaks (Fetch standard, "network error").
    if (tooLate || error instanceof TypeError) return fail("unreachable");
    throw error;
  }
}
