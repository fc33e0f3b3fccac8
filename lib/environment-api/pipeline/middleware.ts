import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Principal } from "@/lib/access/authentication/principal";
import { parseClientName } from "@/lib/access/key-usage/client-name";
import type { UsageRecorder } from "@/lib/access/key-usage/usage-recorder";
import { isDatabaseUnreachable } from "@/lib/infrastructure/db/database-unreachable";
import { type ApiContext, requestHeader } from "./api-context";
import { callOutcome } from "./call-outcome";
import { isPreflight, preflightResponse } from "./cors-preflight";
import { databaseUnavailable, internalError } from "./errors";
import type { RequestCounters, RequestOutcome } from "./request-counters";
import { type ApiResponse, errorResponse, type PlainResponse } from "./response";
import { anyMethod, anyValidKey, type ScopedRoute } from "./scoped-route";
import { sendResponse } from "./send-response";

export type MiddlewareDependencies = {
  readonly log: Logger;
  readonly usage: UsageRecorder;
  readonly clientAddressOf: (c: ApiContext) => string | null;
  readonly requestCounters: RequestCounters;
};

export type RequestHandler = (c: ApiContext) => ApiResponse | Promise<ApiResponse>;

/**
 * Wraps a handler in the API's middleware: assigns the request id, answers CORS preflights, maps thrown
 * errors to a 500 or 503, records the key's usage, writes one log line, and sends the response. `route` is
 * null for undeclared paths.
 */
export function withMiddleware(
  { log, usage, clientAddressOf, requestCounters }: MiddlewareDependencies,
  route: ScopedRoute | null,
  handler: RequestHandler,
): (c: ApiContext) => Promise<Response> {
  const path = route?.path;
  const counter = requestCounters.forRoute(route?.method ?? anyMethod, path ?? "none");
  return async (c) => {
    const at = Date.now();
    const startedAt = performance.now();
    const requestId = randomUUID();
    c.set("requestId", requestId);
    let response: ApiResponse;
    try {
      response = isPreflight(c) ? preflightResponse(c) : await handler(c);
    } catch (error) {
      response = unexpectedErrorResponse(log, error, requestId, path);
    }
    const principal = c.get("principal");
    const { method } = c.req;
    const { status } = response;
    const outcome = outcomeOf(status, route, principal);
    counter.increment(outcome, status);
    if (principal !== undefined && route !== null && outcome !== "unauthenticated") {
      const { keyId, environmentId } = principal;
      const client = parseClientName(requestHeader(c, "user-agent"));
      const lastUse = { method, route: route.path, status, client, address: clientAddressOf(c) };
      usage.record({ keyId, environmentId, at, scope: route.scope, outcome, lastUse });
    }
    const ms = Math.round((performance.now() - startedAt) * 10) / 10;
    log.info({ requestId, method, route: path, status, ms, keyId: principal?.keyId }, "request");
    return sendResponse(c, response, requestId);
  };
}

/** Classifies a request by status, scope and grants; without an API key, by the status alone. */
function outcomeOf(
  status: number,
  route: ScopedRoute | null,
  principal: Principal | undefined,
): RequestOutcome {
  if (principal !== undefined && route !== null) return callOutcome(status, route.scope, principal.grants);
  return status === 401 || status === 429 ? "unauthenticated" : callOutcome(status, anyValidKey, []);
}

function unexpectedErrorResponse(
  log: Logger,
  error: unknown,
  requestId: string,
  route: string | undefined,
): PlainResponse {
  const isUnreachable = isDatabaseUnreachable(error);
  log.error({ requestId, route, err: error }, isUnreachable ? "database unreachable" : "unexpected error");
  return errorResponse(isUnreachable ? databaseUnavailable : internalError(requestId));
}
