import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "@/lib/infrastructure/log/log";
import type { Metrics } from "@/lib/server/metrics/metrics";
import { setInternalHeaders, stripUntrustedHeaders } from "./client-address";
import { type DeclaredPaths, resolveDestination, resolveUndeclaredDestination } from "./destination";
import { checkMetricsAccess } from "./metrics-access";

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export type ListenerDependencies = {
  /** Null where this process leaves them to another. */
  readonly api: Handler | null;
  readonly dashboard: Handler | null;
  readonly declaredPaths: DeclaredPaths;
  readonly isReady: () => Promise<boolean>;
  readonly isDraining: () => boolean;
  readonly metrics: Pick<Metrics, "contentType" | "render">;
  readonly metricsToken: string | null;
  readonly trustProxy: boolean;
  readonly log: Log;
};

/** The one place every request comes through: drops what it only claims, then says who answers it. */
export function createRequestListener(
  parts: ListenerDependencies,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    // Clients leave with their answer, so that no connection of theirs is open when the server closes.
    if (parts.isDraining()) response.shouldKeepAlive = false;
    answer(parts, request, response).catch((error: unknown) => {
      const requestId = response.getHeader("x-request-id");
      parts.log.error({ requestId, err: error, method: request.method }, "request failed");
      if (response.headersSent) response.destroy();
      else
        sendJson(response, 500, {
          error: { code: "generic_error_support", message: "Something broke here" },
        });
    });
  };
}

async function answer(
  parts: ListenerDependencies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  const accept = headers.accept ?? "";
  let destination = resolveDestination({ method, url, accept }, parts.declaredPaths);
  if (destination === "health") return sendJson(response, 200, { status: "ok" });
  if (destination === "ready") return sendReadiness(parts, response);
  if (destination === "metrics") {
    const access = checkMetricsAccess(request, parts.metricsToken);
    if (access !== "as if not there") return sendMetrics(parts, access === "granted", response);
    destination = resolveUndeclaredDestination(true, accept);
  }
  stripUntrustedHeaders(request, parts.trustProxy);
  if (destination === "dashboard" && parts.dashboard !== null) {
    setInternalHeaders(request, parts.trustProxy);
    response.setHeader("x-request-id", randomUUID());
    await parts.dashboard(request, response);
    return;
  }
  if (parts.api !== null) {
    await parts.api(request, response);
    return;
  }
  sendJson(response, 404, {
    error: { code: "not_found", message: "This process serves the dashboard only" },
  });
}

async function sendReadiness(
  { isDraining, isReady }: ListenerDependencies,
  response: ServerResponse,
): Promise<void> {
  if (isDraining()) return sendJson(response, 503, { status: "draining" });
  const ready = await isReady();
  sendJson(response, ready ? 200 : 503, { status: ready ? "ok" : "the database does not answer" });
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
  sendJson(response, 401, { error: { code: "unauthorized", message: "Send the token of the metrics" } });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
