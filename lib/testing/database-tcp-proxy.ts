import { connect, createServer, type Socket } from "node:net";
import { afterAll } from "vitest";

/** A line to a database that fails when told to. */
export type TestDatabaseProxy = {
  /** The database's address, over this line. */
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  readonly disconnect: () => void;
  readonly restore: () => void;
  /** The end of the next statement's answer is lost, after its commit, and the connection with it. */
  readonly dropNextResponse: () => void;
};

// PostgreSQL manual, "Message Formats": the server sends ReadyForQuery (Z, idle) once the transaction has ended.
const readyForQuery = Buffer.from("Z\0\0\0\u0005I");

/** A TCP connection in between, closed after the file's tests. Only the loopback can reach it. */
export async function testDatabaseProxy(databaseUrl: string): Promise<TestDatabaseProxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let isCut = false;
  let losesNext = false;

  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(target.port), target.hostname);
    const end = () => {
      near.destroy();
      far.destroy();
      open.delete(near);
    };
    open.add(near);
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    near.pipe(far);
    far.on("data", (data) => {
      if (losesNext && data.includes(readyForQuery)) {
        losesNext = false;
        end();
      } else near.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  afterAll(() => {
    cut();
    server.close();
  });

  const url = new URL(databaseUrl);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the line has no port");
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    disconnect: cut,
    restore: () => {
      isCut = false;
    },
    dropNextResponse: () => {
      losesNext = true;
    },
  };
}
