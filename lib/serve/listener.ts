import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "../log";
import { dropClaims, tellOrigin } from "./client-address";
import { type Addresses, destinationOf } from "./paths";

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export type Parts = {
  /** Null where this process leaves them to another. */
  readonly api: Handler | null;
  readonly dashboard: Handler | null;
  readonly addresses: Addresses;
  readonly isReady: () => Promise<boolean>;
  readonly trustProxy: boolean;
};

/** The one place every request comes through: drops what it only claims, then says who answers it. */
export function createListener(parts: Parts): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    dropClaims(request, parts.trustProxy);
    answer(parts, request, response).catch((error: unknown) => {
      log().error({ err: error, method: request.method }, "request failed");
      if (response.headersSent) response.destroy();
      else
        sendJson(response, 500, {
          error: { code: "generic_error_support", message: "Something broke here" },
        });
    });
  };
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  const destination = destinationOf({ method, url, accept: headers.accept ?? "" }, parts.addresses);
  if (destination === "health") return sendJson(response, 200, { status: "ok" });
  if (destination === "ready") {
    const ready = await parts.isReady();
    return sendJson(response, ready ? 200 : 503, { status: ready ? "ok" : "the database does not answer" });
  }
  if (destination === "dashboard" && parts.dashboard !== null) {
    tellOrigin(request, parts.trustProxy);
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

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
