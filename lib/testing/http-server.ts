import { createServer, type RequestListener } from "node:http";
import { onTestFinished } from "vitest";

/**
 * Starts a real server on a free port of the loopback interface and stops it after the test. Returns its
 * origin.
 */
export async function testServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return `http://127.0.0.1:${address.port}`;
}
