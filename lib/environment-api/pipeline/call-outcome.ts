import type { UseOutcome } from "@/lib/access/api-keys/model";
import type { Grant } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { anyValidKey, connectSessionOnly, type Route } from "./route";

/**
 * Classifies the use of a key by the status of the response. A 403 is `missing_scope` only when the key lacks
 * the route's scope. Otherwise a handler or a provider returned the 403, and the outcome is `rejected`.
 */
export function callOutcome(status: number, scope: Route["scope"], grants: readonly Grant[]): UseOutcome {
  if (status < 400) return "succeeded";
  if (status >= 500) return "failed";
  const required = scope === anyValidKey || scope === connectSessionOnly ? null : scope;
  return status === 403 && required !== null && !covers(grants, required) ? "missing_scope" : "rejected";
}
