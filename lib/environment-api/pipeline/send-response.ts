import { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ApiContext } from "./api-context";
import type { ApiResponse, PlainResponse } from "./response";

/**
 * Sends a response, with the headers common to all responses. Writes a plain one straight to the socket,
 * since creating a `Response` and its headers costs more than the rest of a request. Without a socket it
 * returns a `Response`.
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
 * Returns alternating names and values, which Node writes as they are; an object per request costs
 * microseconds.
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

/** Creates a new `Response` even from a `Response`: the headers of one returned by `fetch` are immutable. */
function toResponse(body: BodyInit | null, init: ResponseInit, headers: readonly string[]): Response {
  const response = new Response(body, init);
  for (let at = 0; at + 1 < headers.length; at += 2) {
    response.headers.set(headers[at] ?? "", headers[at + 1] ?? "");
  }
  return response;
}
