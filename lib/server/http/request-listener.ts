import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { DatabaseState } from "@/lib/infrastructure/db/ping";
import type { Log } from "@/lib/infrastructure/log/log";
import type { Metrics } from "@/lib/server/metrics/metrics";
import { declaresLargerBody, discardBody, limitBody, maxBodyBytes } from "./body-limit";
import { setInternalHeaders, stripUntrustedHeaders } from "./client-address";
import { resolveDestination, resolveNotFoundDestination, type ServedSegments } from "./destination";
import { checkMetricsAccess } from "./metrics-access";

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export type ListenerDependencies = {
  /** Null when another process serves the API. */
  readonly api: Handler | null;
  /** Null when another process serves the dashboard. */
  readonly dashboard: Handler | null;
  readonly servedSegments: ServedSegments;
  readonly checkDatabase: () => Promise<DatabaseState>;
  readonly isDraining: () => boolean;
  readonly metrics: Pick<Metrics, "contentType" | "render">;
  readonly metricsToken: string | null;
  readonly trustProxy: boolean;
  readonly log: Log;
};

/**
 * Entry point for every HTTP request. Strips untrusted forwarding headers and limits the body, then routes to
 * the API, the dashboard, health or metrics.
 */
export function createRequestListener(
  dependencies: ListenerDependencies,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    // Closes each connection after its response, so that few are open when the server closes.
    if (dependencies.isDraining()) response.shouldKeepAlive = false;
    handle(dependencies, request, response).catch((error: unknown) => {
      const requestId = response.getHeader("x-request-id");
      dependencies.log.error({ requestId, err: error, method: request.method }, "request failed");
      if (response.headersSent) response.destroy();
      else
        sendJson(response, 500, {
          error: { code: "generic_error_support", message: "Internal server error" },
        });
    });
  };
}

async function handle(
  dependencies: ListenerDependencies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  const accept = headers.accept ?? "";
  let destination = resolveDestination({ method, url, accept }, dependencies.servedSegments);
  if (destination === "health") return sendJson(response, 200, { status: "ok" });
  if (destination === "ready") return sendReadiness(dependencies, response);
  if (destination === "metrics") {
    const access = checkMetricsAccess(request, dependencies.metricsToken);
    if (access !== "hidden") return sendMetrics(dependencies, access === "granted", response);
    destination = resolveNotFoundDestination(true, accept);
  }
  stripUntrustedHeaders(request, dependencies.trustProxy);
  if (destination === "dashboard" && dependencies.dashboard !== null) {
    setInternalHeaders(request, dependencies.trustProxy);
    response.setHeader("x-request-id", randomUUID());
    const maxBytes = maxBodyBytes(destination, url);
    if (maxBytes !== null) {
      if (declaresLargerBody(request, maxBytes)) return sendBodyTooLarge(request, response, maxBytes);
      limitBody(request, maxBytes, () => sendBodyTooLarge(request, response, maxBytes));
    }
    await dependencies.dashboard(request, response);
    return;
  }
  if (dependencies.api !== null) {
    await dependencies.api(request, response);
    return;
  }
  sendJson(response, 404, {
    error: { code: "not_found", message: "This process serves only the dashboard" },
  });
}

async function sendReadiness(
  { isDraining, checkDatabase }: ListenerDependencies,
  response: ServerResponse,
): Promise<void> {
  if (isDraining()) return sendJson(response, 503, { status: "draining" });
  const state = await checkDatabase();
  if (state === "unreachable") return sendJson(response, 503, { status: "database unreachable" });
  // Read-only is ready: reads and decisions go on, and another process would have the same database.
  sendJson(response, 200, { status: state });
}

async function sendMetrics(
  { metrics }: ListenerDependencies,
  isGranted: boolean,
  response: ServerResponse,
): Promise<void> {
  if (isGranted) {
    const text = await metrics.render();
    response.writeHead(200, { "content-type": metrics.contentType, "cache-control": "no-store" }).end(text);
    return;
  }
  response.setHeader("www-authenticate", "Bearer");
  sendJson(response, 401, {
    error: { code: "unauthorized", message: "The metrics token is missing or wrong" },
  });
}

/**
 * Answers 413, also while a handler waits for the rest of the body. Cuts off a response that has begun. The
 * response ends with the request, since Node closes some connections with its end.
 */
function sendBodyTooLarge(request: IncomingMessage, response: ServerResponse, maxBytes: number): void {
  if (response.writableEnded) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  discardBody(request, () => response.end());
  const message = `The request body is larger than ${maxBytes} bytes`;
  const body = JSON.stringify({ error: { code: "payload_too_large", message } });
  response.writeHead(413, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.write(body);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
