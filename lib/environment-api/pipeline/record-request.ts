import type { Logger } from "pino";
import { parseClientName } from "@/lib/access/key-usage/client-name";
import type { UsageRecorder } from "@/lib/access/key-usage/usage-recorder";
import { type ApiContext, requestHeader } from "./api-context";
import { callOutcome } from "./call-outcome";
import type { RequestOutcome, RouteCounter } from "./request-counters";
import { anyValidKey, type Route } from "./route";

export type RecordDependencies = {
  readonly log: Logger;
  readonly usage: UsageRecorder;
  readonly clientAddressOf: (c: ApiContext) => string | null;
};

export type HandledRequest = {
  /** Null for an undeclared path. */
  readonly route: Route | null;
  readonly status: number;
  /** When the request arrived, in milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The same moment by `performance.now()`, for the duration. */
  readonly startedAt: number;
};

/**
 * Records a handled request: counts it, records the use of its API key, and writes its log line. The use is
 * recorded also when the key lacks the scope, but not for an undeclared path.
 */
export function recordRequest(
  { log, usage, clientAddressOf }: RecordDependencies,
  counter: RouteCounter,
  c: ApiContext,
  { route, status, receivedAt, startedAt }: HandledRequest,
): void {
  const principal = c.get("principal");
  const { method } = c.req;
  if (principal === undefined || route === null) {
    counter.increment(outcomeByStatus(status), status);
  } else {
    const outcome = callOutcome(status, route.scope, principal.grants);
    counter.increment(outcome, status);
    const { keyId, environmentId } = principal;
    const client = parseClientName(requestHeader(c, "user-agent"));
    const lastUse = { method, route: route.path, status, client, address: clientAddressOf(c) };
    usage.record({ keyId, environmentId, at: receivedAt, scope: route.scope, outcome, lastUse });
  }
  const ms = Math.round((performance.now() - startedAt) * 10) / 10;
  const requestId = c.get("requestId");
  log.info({ requestId, method, route: route?.path, status, ms, keyId: principal?.keyId }, "request");
}

/**
 * Classifies a request that has no API key or no declared route. A 401 or 429 of this API means that
 * authentication failed.
 */
function outcomeByStatus(status: number): RequestOutcome {
  return status === 401 || status === 429 ? "unauthenticated" : callOutcome(status, anyValidKey, []);
}
