import { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ApiContext } from "./api-context";
import type { ApiResponse, PlainResponse } from "./response";

/**
 * Sends a response with the headers that all responses have. Writes a `PlainResponse` straight to the socket,
 * because creating a `Response` and its headers would cost more than the rest of the request. Without a
 * socket, and for a `Response`, it returns a `Response` for Hono to send.
 */
export function sendResponse(c: ApiContext, response: ApiResponse, requestId: string): Response {
  if (response instanceof Response) return toResponse(response.body, response, commonHeaders(requestId));
  const outgoing = c.env?.outgoing;
  const headers = headersOf(response, requestId);
  if (!(outgoing instanceof ServerResponse))
    return toResponse(response.body, { status: response.status }, headers);
  outgoing.writeHead(response.status, headers);
  if (response.body === null) outgoing.end();
  else outgoing.end(response.body);
  return RESPONSE_ALREADY_SENT;
}

/**
 * Returns the headers that all responses have, as alternating names and values. Node writes such a list as it
 * is; building an object for each request would cost microseconds.
 */
function commonHeaders(requestId: string): string[] {
  return [
    "x-request-id",
    requestId,
    "cache-control",
    "no-store",
    "access-control-allow-origin",
    "*",
    "access-control-expose-headers",
    "X-Request-Id,Retry-After,WWW-Authenticate",
  ];
}

function headersOf({ body, headers }: PlainResponse, requestId: string): string[] {
  const all = commonHeaders(requestId);
  if (body !== null) {
    all.push("content-type", "application/json", "content-length", String(Buffer.byteLength(body)));
  }
  if (headers !== undefined) {
    for (const [name, value] of Object.entries(headers)) all.push(name, value);
  }
  return all;
}

/**
 * Creates a new `Response`, also from a `Response`: the headers of one that `fetch` returned are immutable.
 */
function toResponse(body: BodyInit | null, init: ResponseInit, headers: readonly string[]): Response {
  const response = new Response(body, init);
  for (let index = 0; index + 1 < headers.length; index += 2) {
    response.headers.set(headers[index] ?? "", headers[index + 1] ?? "");
  }
  return response;
}
