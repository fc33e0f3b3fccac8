import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { Handler } from "@/lib/server/http/request-listener";

// These headers describe one connection and not the message (RFC 9110, 7.6.1), so they are not forwarded.
const hopByHopHeaders = new Set(["connection", "keep-alive", "upgrade", "expect", "proxy-connection"]);

/**
 * Creates the handler that forwards requests to the dashboard's server on a local socket and streams its
 * responses back.
 */
export function openDashboardForwarder(socketPath: string): {
  readonly handle: Handler;
  readonly close: () => void;
} {
  const agent = new Agent({ keepAlive: true });
  return {
    handle: (request, response) => forwardToDashboard(request, response, agent, socketPath),
    close: () => agent.destroy(),
  };
}

function forwardToDashboard(
  request: IncomingMessage,
  response: ServerResponse,
  agent: Agent,
  socketPath: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { method, url } = request;
    const headers = withoutHopByHopHeaders(request.rawHeaders);
    let isComplete = false;
    const forwarded = httpRequest({ socketPath, agent, method, path: url, headers }, (dashboardResponse) => {
      dashboardResponse.once("end", () => {
        isComplete = true;
      });
      // The request has been answered in the meantime: its body was too large.
      if (response.headersSent) return void dashboardResponse.destroy();
      response.statusCode = dashboardResponse.statusCode ?? 502;
      // Appended one by one: set together, only the last of several Set-Cookie headers would remain.
      const raw = withoutHopByHopHeaders(dashboardResponse.rawHeaders);
      for (let index = 0; index + 1 < raw.length; index += 2) {
        response.appendHeader(raw[index] ?? "", raw[index + 1] ?? "");
      }
      // An event stream may send its first event much later than its headers.
      response.flushHeaders();
      dashboardResponse.pipe(response);
      dashboardResponse.once("error", () => response.destroy());
    });
    forwarded.once("error", (error) => (response.destroyed ? resolve() : reject(error)));
    response.once("close", () => {
      // The client has disconnected before the end of the response, or its body was too large: abort the
      // request to the dashboard.
      if (!isComplete) forwarded.destroy();
      resolve();
    });
    request.pipe(forwarded);
  });
}

/** Filters a list like `rawHeaders`, in which names and values alternate. */
function withoutHopByHopHeaders(raw: readonly string[]): string[] {
  return raw.filter((_, index) => !hopByHopHeaders.has((raw[index - (index % 2)] ?? "").toLowerCase()));
}
