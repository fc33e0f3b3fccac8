import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { isRejectedAsReadOnly } from "@/lib/infrastructure/db/client";
import { isDatabaseUnreachable } from "@/lib/infrastructure/db/database-unreachable";
import type { ApiContext } from "./api-context";
import { isPreflight, preflightResponse } from "./cors-preflight";
import { databaseReadOnly, databaseUnavailable, internalError } from "./errors";
import { type RecordDependencies, recordRequest } from "./record-request";
import { type RequestCounters, undeclaredPathLabel } from "./request-counters";
import { type ApiResponse, errorResponse, type PlainResponse } from "./response";
import { anyMethod, type Route } from "./route";
import { sendResponse } from "./send-response";

export type MiddlewareDependencies = RecordDependencies & { readonly requestCounters: RequestCounters };

export type RequestHandler = (c: ApiContext) => ApiResponse | Promise<ApiResponse>;

/**
 * Wraps a handler in the API's middleware: assigns the request id, answers CORS preflights, maps thrown
 * errors to a 500 or 503, records the request (`recordRequest`), and sends the response. `route` is null for
 * undeclared paths.
 */
export function withMiddleware(
  { requestCounters, ...dependencies }: MiddlewareDependencies,
  route: Route | null,
  handler: RequestHandler,
): (c: ApiContext) => Promise<Response> {
  const counter = requestCounters.forRoute(route?.method ?? anyMethod, route?.path ?? undeclaredPathLabel);
  return async (c) => {
    const receivedAt = Date.now();
    const startedAt = performance.now();
    const requestId = randomUUID();
    c.set("requestId", requestId);
    let response: ApiResponse;
    try {
      response = isPreflight(c) ? preflightResponse(c) : await handler(c);
    } catch (error) {
      response = unexpectedErrorResponse(dependencies.log, error, requestId, route?.path);
    }
    recordRequest(dependencies, counter, c, { route, status: response.status, receivedAt, startedAt });
    return sendResponse(c, response, requestId);
  };
}

function unexpectedErrorResponse(
  log: Logger,
  error: unknown,
  requestId: string,
  route: string | undefined,
): PlainResponse {
  if (isRejectedAsReadOnly(error)) {
    log.warn({ requestId, route, err: error }, "database read-only");
    return errorResponse(databaseReadOnly);
  }
  const isDatabaseDown = isDatabaseUnreachable(error);
  log.error({ requestId, route, err: error }, isDatabaseDown ? "database unreachable" : "unexpected error");
  return errorResponse(isDatabaseDown ? databaseUnavailable : internalError(requestId));
}
