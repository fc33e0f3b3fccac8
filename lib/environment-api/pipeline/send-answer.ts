import { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Answer, PlainAnswer } from "./answer";
import type { ApiContext } from "./api-context";

/**
 * Sends an answer; one that has no socket to go to is returned. An answer in parts goes straight to the socket, since a
 * `Response` and its headers cost more than everything else about a request.
 */
export function sendAnswer(c: ApiContext, answer: Answer, requestId: string): Response {
  if (answer instanceof Response) return asResponse(answer.body, answer, headersOfAll(requestId));
  const outgoing = c.env?.outgoing;
  const headers = headersOf(answer, requestId);
  if (!(outgoing instanceof ServerResponse))
    return asResponse(answer.body, { status: answer.status }, headers);
  outgoing.writeHead(answer.status, headers);
  if (answer.body === null) outgoing.end();
  else outgoing.end(answer.body);
  return RESPONSE_ALREADY_SENT;
}

/** Names and values by turns, which Node writes as they are; objects put together per request cost microseconds. */
function headersOfAll(requestId: string): string[] {
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

function headersOf({ body, headers }: PlainAnswer, requestId: string): string[] {
  const all = headersOfAll(requestId);
  if (body !== null) {
    all.push("content-type", "application/json", "content-length", String(Buffer.byteLength(body)));
  }
  if (headers !== undefined) {
    for (const [name, value] of Object.entries(headers)) all.push(name, value);
  }
  return all;
}

/** A copy, even of a `Response`: the headers of one that came from elsewhere may be closed. */
function asResponse(body: BodyInit | null, init: ResponseInit, headers: readonly string[]): Response {
  const response = new Response(body, init);
  for (let at = 0; at + 1 < headers.length; at += 2) {
    response.headers.set(headers[at] ?? "", headers[at + 1] ?? "");
  }
  return response;
}
