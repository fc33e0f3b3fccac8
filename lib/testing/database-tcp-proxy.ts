import { connect, createServer, type Socket } from "node:net";
import { afterAll } from "vitest";

/** A TCP proxy to a database, with failures on demand. */
export type TestDatabaseProxy = {
  /** The database's URL through the proxy. */
  readonly url: string;
  /** Closes every connection, and each new one immediately. */
  readonly disconnect: () => void;
  readonly restore: () => void;
  /** Closes the next connection that completes a statement, after the commit and before its response. */
  readonly dropNextResponse: () => void;
};

// PostgreSQL manual, "Message Formats": the server sends ReadyForQuery (Z, idle) once the transaction has
// ended.
const readyForQuery = Buffer.from("Z\0\0\0\u0005I");

/** Starts a proxy on the loopback interface. Stops it after the file's tests. */
export async function testDatabaseProxy(databaseUrl: string): Promise<TestDatabaseProxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let isDisconnected = false;
  let dropsNext = false;

  const server = createServer((client) => {
    if (isDisconnected) return client.destroy();
    const database = connect(Number(target.port), target.hostname);
    const end = () => {
      client.destroy();
      database.destroy();
      open.delete(client);
    };
    open.add(client);
    for (const socket of [client, database]) socket.on("error", end).on("close", end);
    client.pipe(database);
    database.on("data", (data) => {
      if (dropsNext && data.includes(readyForQuery)) {
        dropsNext = false;
        end();
      } else client.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const disconnect = () => {
    isDisconnected = true;
    for (const socket of open) socket.destroy();
  };
  afterAll(() => {
    disconnect();
    server.close();
  });

  const url = new URL(databaseUrl);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port");
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    disconnect,
    restore: () => {
      isDisconnected = false;
    },
    dropNextResponse: () => {
      dropsNext = true;
    },
  };
}
