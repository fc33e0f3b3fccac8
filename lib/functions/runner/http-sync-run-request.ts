import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { SyncRunRequest } from "./runner";

/**
 * Requests runs of syncs from the runner at `url`, with one POST of `{type: "sync-request", environment_id,
 * provider_config_key, mode, empty_cache, syncs}`. A 2xx response means that the runner has accepted the
 * request. It does not mean that the runs have ended.
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
    const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
    // `fetch` throws TypeError for a network error (Fetch standard, "network error").
    if (isTimeout || error instanceof TypeError) return fail("unreachable");
    throw error;
  }
}
