import { connect, createServer, type Socket } from "node:net";
import { afterAll } from "vitest";

/** A TCP proxy to a database that can be made to fail. */
export type TestDatabaseProxy = {
  /** The database's URL through the proxy. */
  readonly url: string;
  /** Closes every connection, and immediately closes each new one. */
  readonly disconnect: () => void;
  /** Accepts connections again. */
  readonly restore: () => void;
  /** Closes the next connection that completes a statement, after the commit and before its response. */
  readonly dropNextResponse: () => void;
};

// ReadyForQuery with the status `I` (idle), which the server sends when a transaction has ended (PostgreSQL
// manual, "Message Formats").
const readyForQuery = Buffer.from("Z\0\0\0\u0005I");

/** Starts a proxy on the loopback interface. Stops it after the file's tests. */
export async function testDatabaseProxy(databaseUrl: string): Promise<TestDatabaseProxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let isDisconnected = false;
  let shouldDropNext = false;

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
      if (shouldDropNext && data.includes(readyForQuery)) {
        shouldDropNext = false;
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
      shouldDropNext = true;
    },
  };
}
