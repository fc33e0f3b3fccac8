import type { UseOutcome } from "@/lib/access/api-keys/model";
import type { Grant } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { anyValidKey, connectSessionOnly, type ScopedRoute } from "./scoped-route";

/**
 * Classifies an authenticated call by its status. A 403 is `missing_scope` only when the key lacks the
 * route's scope; otherwise the 403 came from a provider, and the call is `rejected`.
 */
export function callOutcome(
  status: number,
  scope: ScopedRoute["scope"],
  grants: readonly Grant[],
): UseOutcome {
  if (status < 400) return "succeeded";
  if (status >= 500) return "failed";
  const required = scope === anyValidKey || scope === connectSessionOnly ? null : scope;
  return status === 403 && required !== null && !covers(grants, required) ? "missing_scope" : "rejected";
}
