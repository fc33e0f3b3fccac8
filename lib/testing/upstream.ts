import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import { testServer } from "./http-server";

export type ReceivedRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/**
 * Starts an upstream server and records the requests. The first listener responds to the first request, and
 * so on; the last one responds to all further requests.
 */
export async function startUpstream(...listeners: RequestListener[]) {
  const received: ReceivedRequest[] = [];
  const origin = await testServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    received.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    const respond = listeners[Math.min(received.length, listeners.length) - 1];
    respond?.(request, response);
  });
  return { origin, received };
}

/** Responds with a redirect. */
export const redirect =
  (status: number, location: string): RequestListener =>
  (_, response) =>
    response.writeHead(status, { location }).end();
/** Responds with a status, also as the body. */
export const respondWith =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(String(status));
