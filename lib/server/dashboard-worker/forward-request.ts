import { Agent, type IncomingMessage, request as open, type ServerResponse } from "node:http";
import type { Handler } from "@/lib/server/http/request-listener";

// Of this connection, not of the message (RFC 9110, 7.6.1); the next one has its own.
const hopByHopHeaders = new Set(["connection", "keep-alive", "upgrade", "expect", "proxy-connection"]);

/** Passes requests on to a server behind a local socket, and its answers back as they come. */
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
    const passed = open({ socketPath, agent, method, path: url, headers }, (answer) => {
      response.statusCode = answer.statusCode ?? 502;
      // One by one: given all at once, of several cookies only the last would be set.
      const raw = withoutHopByHopHeaders(answer.rawHeaders);
      for (let at = 0; at + 1 < raw.length; at += 2) response.appendHeader(raw[at] ?? "", raw[at + 1] ?? "");
      // An event stream may have nothing to say yet.
      response.flushHeaders();
      answer.pipe(response);
      answer.once("error", () => response.destroy());
    });
    passed.once("error", (error) => (response.destroyed ? resolve() : reject(error)));
    response.once("close", () => {
      // Whoever left early waits for nothing any more.
      if (!response.writableFinished) passed.destroy();
      resolve();
    });
    request.pipe(passed);
  });
}

/** Names and values by turns, as Node has them. */
function withoutHopByHopHeaders(raw: readonly string[]): string[] {
  return raw.filter((_, at) => !hopByHopHeaders.has((raw[at - (at % 2)] ?? "").toLowerCase()));
}
