import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

/**
 * Seconds by which the headers' timeout exceeds the keep-alive timeout: a connection must not end by the former
 * while a request may still arrive by the latter.
 */
const headersMarginSeconds = 5;

/** Milliseconds between two searches for connections that have become idle while the server closes. */
const idleCheckIntervalMs = 50;

export type ListenAddress = { readonly port: number; readonly host: string | null };

export type ListeningServer = {
  readonly server: Server;
  /**
   * Stops accepting connections, gives requests in flight the grace period (in milliseconds) to finish, then
   * destroys the remaining connections. Resolves when all connections are closed.
   */
  readonly close: (gracePeriodMs: number) => Promise<void>;
};

/**
 * Starts a server that listens on `address`. Idle connections are kept open for `keepAliveSeconds`, which must
 * be longer than a load balancer keeps them: the side that closes first must be the one that sends requests, or
 * a request can meet a connection that is just being closed. The error is a message for the operator.
 */
export function listen(
  address: ListenAddress,
  listener: RequestListener,
  { keepAliveSeconds }: { readonly keepAliveSeconds: number },
): Promise<Result<ListeningServer, string>> {
  const server = createServer(listener);
  server.keepAliveTimeout = keepAliveSeconds * 1000;
  server.headersTimeout = (keepAliveSeconds + headersMarginSeconds) * 1000;
  server.requestTimeout = Math.max(server.requestTimeout, server.headersTimeout);
  // Tracked here because `server.closeAllConnections` does not close WebSocket connections, although
  // `server.close` waits for them.
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("clientError", handleClientError);
  return new Promise((resolve) => {
    server.once("error", (error) => resolve(fail(formatListenError(error, address))));
    server.listen({ port: address.port, ...(address.host === null ? {} : { host: address.host }) }, () =>
      resolve(ok({ server, close: (gracePeriodMs) => close(server, sockets, gracePeriodMs) })),
    );
  });
}

/** Checks that the port is free. Returns null, or a message for the operator why it cannot be used. */
export async function checkPort(address: ListenAddress): Promise<string | null> {
  const listening = await listen(address, () => {}, { keepAliveSeconds: 1 });
  if (!listening.ok) return listening.error;
  await listening.value.close(0);
  return null;
}

async function close(server: Server, sockets: ReadonlySet<Socket>, gracePeriodMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  // A connection whose request was in flight becomes idle afterwards and would stay for the keep-alive timeout.
  const idleTimer = setInterval(() => server.closeIdleConnections(), idleCheckIntervalMs);
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, gracePeriodMs);
  await closed;
  clearInterval(idleTimer);
  clearTimeout(timer);
}

function formatListenError(error: Error, { port, host }: ListenAddress): string {
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} is taken by another program: stop that one, or set PORT to a free port.`;
  }
  if (code === "EACCES")
    return `Port ${port} needs privileges this process does not have: set PORT to a port above 1023.`;
  if (code === "EADDRNOTAVAIL")
    return `${host} is not an address of this machine: set LATCHKEY_HOST to one that is.`;
  return `Cannot listen on port ${port} (${error.message}).`;
}

/**
 * Responds to input that Node's HTTP parser rejects, in the format of the API's errors. Node calls no request
 * listener for such input.
 */
function handleClientError(error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const isTooLarge = "code" in error && error.code === "HPE_HEADER_OVERFLOW";
  const status = isTooLarge ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const message = isTooLarge ? "The headers are too large" : "The request is not valid HTTP";
  const body = JSON.stringify({ error: { code: "invalid_headers", message } });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `X-Request-Id: ${randomUUID()}\r\nConnection: close\r\n\r\n${body}`,
  );
}
