import { Agent, type IncomingMessage, request as openRequest, type ServerResponse } from "node:http";
import type { Handler } from "@/lib/server/http/request-listener";

// They describe one connection, not the message (RFC 9110, 7.6.1), so they are not forwarded.
const hopByHopHeaders = new Set(["connection", "keep-alive", "upgrade", "expect", "proxy-connection"]);

/** Forwards requests to the server on a local socket and streams its responses back. */
export function openRequestForwarder(socketPath: string): {
  readonly handle: Handler;
  readonly close: () => void;
} {
  const agent = new Agent({ keepAlive: true });
  return {
    handle: (request, response) => forwardRequest(request, response, agent, socketPath),
    close: () => agent.destroy(),
  };
}

function forwardRequest(
  request: IncomingMessage,
  response: ServerResponse,
  agent: Agent,
  socketPath: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { method, url } = request;
    const headers = withoutHopByHopHeaders(request.rawHeaders);
    const forwarded = openRequest({ socketPath, agent, method, path: url, headers }, (upstream) => {
      response.statusCode = upstream.statusCode ?? 502;
      // Appended one by one: set together, only the last of several Set-Cookie headers would remain.
      const raw = withoutHopByHopHeaders(upstream.rawHeaders);
      for (let at = 0; at + 1 < raw.length; at += 2) response.appendHeader(raw[at] ?? "", raw[at + 1] ?? "");
      // An event stream may send its first event much later than its headers.
      response.flushHeaders();
      upstream.pipe(response);
      upstream.once("error", () => response.destroy());
    });
    forwarded.once("error", (error) => (response.destroyed ? resolve() : reject(error)));
    response.once("close", () => {
      // The client has disconnected early: the upstream request is aborted.
      if (!response.writableFinished) forwarded.destroy();
      resolve();
    });
    request.pipe(forwarded);
  });
}

/** Filters a list in the form of `rawHeaders`: names and values alternate. */
function withoutHopByHopHeaders(raw: readonly string[]): string[] {
  return raw.filter((_, at) => !hopByHopHeaders.has((raw[at - (at % 2)] ?? "").toLowerCase()));
}
