import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

export type ListenAddress = { readonly port: number; readonly host: string | null };

export type ListeningServer = {
  readonly server: Server;
  /**
   * Accepts nothing new, lets requests under way finish within a bound (in milliseconds), then cuts what is left, and
   * returns when all connections are closed.
   */
  readonly close: (farewell: number) => Promise<void>;
};

/** Starts to listen. The failure is a sentence. */
export function listen(
  where: ListenAddress,
  listener: RequestListener,
): Promise<Result<ListeningServer, string>> {
  const server = createServer(listener);
  // Node counts a connection that has become a web socket, and forgets it when asked to close all.
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("clientError", handleClientError);
  return new Promise((resolve) => {
    server.once("error", (error) => resolve(fail(formatListenError(error, where))));
    server.listen({ port: where.port, ...(where.host === null ? {} : { host: where.host }) }, () =>
      resolve(ok({ server, close: (farewell) => close(server, sockets, farewell) })),
    );
  });
}

/** Why the port cannot be had, in a sentence; null when it is free. */
export async function checkPort(where: ListenAddress): Promise<string | null> {
  const tried = await listen(where, () => {});
  if (!tried.ok) return tried.error;
  await tried.value.close(0);
  return null;
}

async function close(server: Server, sockets: ReadonlySet<Socket>, farewell: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, farewell);
  await closed;
  clearTimeout(cut);
}

function formatListenError(error: Error, { port, host }: ListenAddress): string {
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} is taken by another program: stop that one, or set PORT to a free port.`;
  }
  if (code === "EACCES") return `Port ${port} needs rights that we do not have: set PORT to one above 1023.`;
  if (code === "EADDRNOTAVAIL")
    return `${host} is no address of this machine: set LATCHKEY_HOST to one that is.`;
  return `Port ${port} cannot be listened on (${error.message}).`;
}

/** What Node's parser refuses never becomes a request: answer it in the API's own form. */
function handleClientError(error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = "code" in error && error.code === "HPE_HEADER_OVERFLOW";
  const status = tooLarge ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const message = tooLarge ? "The headers are too large" : "This is not a readable HTTP request";
  const body = JSON.stringify({ error: { code: "invalid_headers", message } });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `X-Request-Id: ${randomUUID()}\r\nConnection: close\r\n\r\n${body}`,
  );
}
