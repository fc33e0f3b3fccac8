import type { UseOutcome } from "@/lib/access/api-keys/model";
import type { Grant } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { anyValidKey, connectSessionOnly, type ScopedRoute } from "./scoped-route";

/**
 * What became of an authenticated call. A 403 is the door's own where the key does not hold the route's scope; elsewhere
 * it is passed on from a provider, and the key had its say.
 */
export function callOutcome(
  status: number,
  scope: ScopedRoute["scope"],
  grants: readonly Grant[],
): UseOutcome {
  if (status < 400) return "succeeded";
  if (status >= 500) return "failed";
  const asked = scope === anyValidKey || scope === connectSessionOnly ? null : scope;
  return status === 403 && asked !== null && !covers(grants, asked) ? "missing_scope" : "rejected";
}
