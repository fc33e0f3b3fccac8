import { createServer, type IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";
import { setInternalHeaders, stripUntrustedHeaders } from "./client-address";

/** Sends one real request. Returns its headers after `stripUntrustedHeaders` and `setInternalHeaders`. */
function processHeaders(headers: Record<string, string>, trustProxy: boolean) {
  return new Promise<{ parsed: IncomingHttpHeaders; raw: string }>((resolve, reject) => {
    const server = createServer((request, response) => {
      stripUntrustedHeaders(request, trustProxy);
      setInternalHeaders(request, trustProxy);
      resolve({ parsed: request.headers, raw: request.rawHeaders.join("\n").toLowerCase() });
      response.end();
      server.close();
    });
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      fetch(`http://127.0.0.1:${port}/a?b`, { headers }).catch(reject);
    });
  });
}

const forgedHeaders = {
  "X-Forwarded-For": "10.0.0.1, 10.0.0.2",
  "X-Forwarded-Host": "evil.example",
  "X-Forwarded-Proto": "https",
  Forwarded: "for=10.0.0.3",
  "X-Real-IP": "10.0.0.4",
  "X-Latchkey-Address": "10.0.0.5",
  "X-Latchkey-Path": "/evil",
  Authorization: "Bearer kept",
};

test("forwarding headers and internal headers of a client are removed", async () => {
  const { parsed, raw } = await processHeaders(forgedHeaders, false);
  expect(parsed).toMatchObject({
    "x-latchkey-address": "127.0.0.1",
    "x-latchkey-path": "/a?b",
    authorization: "Bearer kept",
  });
  for (const text of [raw, JSON.stringify(parsed)]) {
    expect(text).not.toMatch(/10\.0\.0|evil|forwarded|real-ip/);
    expect(text.match(/x-latchkey-address/g)).toHaveLength(1);
  }
});

test("behind a trusted proxy the last entry of X-Forwarded-For is the client's address", async () => {
  const { parsed, raw } = await processHeaders(forgedHeaders, true);
  expect(parsed).toMatchObject({
    "x-latchkey-address": "10.0.0.2",
    "x-latchkey-path": "/a?b",
    "x-forwarded-host": "evil.example",
  });
  expect(raw).not.toContain("10.0.0.5");
});

test("behind a trusted proxy that sends no X-Forwarded-For the socket's address is used", async () => {
  expect((await processHeaders({}, true)).parsed["x-latchkey-address"]).toBe("127.0.0.1");
});
