import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { testServer } from "@/lib/testing/http-server";
import { isPublicAddress } from "./is-public-address";
import { createOutboundPolicy, type OutboundPolicy } from "./outbound-policy";
import { type OutboundRequest, sendRequest } from "./send-request";

function to(url: string, more: Partial<OutboundRequest> = {}): OutboundRequest {
  return {
    method: "GET",
    url: new URL(url),
    headers: {},
    body: null,
    signal: new AbortController().signal,
    ...more,
  };
}

const here = createOutboundPolicy(true);

describe("send", () => {
  it("sends method, target, headers and body as they are", async () => {
    const origin = await testServer(async (request, response) => {
      const { method, url, headers } = request;
      response.end(
        JSON.stringify({ method, url, host: headers.host, x: headers.x, body: await text(request) }),
      );
    });
    const outcome = await sendRequest(
      here,
      to(`${origin}/`, {
        method: "REPORT",
        target: "/a/../b%2F?q=%20|",
        headers: { x: "1", "transfer-encoding": "chunked" },
        body: Readable.from([Buffer.from("one "), Buffer.from("two")]),
      }),
    );
    if (!outcome.ok) throw outcome.error;
    expect(JSON.parse(await text(outcome.value))).toEqual({
      method: "REPORT",
      url: "/a/../b%2F?q=%20|",
      host: new URL(origin).host,
      x: "1",
      body: "one two",
    });
  });

  it("connects to the address that was checked, whatever the resolver would say next", async () => {
    const origin = await testServer((request, response) => response.end(request.headers.host));
    let asked = 0;
    const rebinding: OutboundPolicy = {
      isAddressAllowed: () => true,
      resolve: async () => [{ address: asked++ === 0 ? "127.0.0.1" : "192.0.2.1", family: 4 }],
    };
    const outcome = await sendRequest(rebinding, to(`http://api.example:${new URL(origin).port}/`));
    if (!outcome.ok) throw outcome.error;
    expect(await text(outcome.value)).toBe(`api.example:${new URL(origin).port}`);
    expect(asked).toBe(1);
  });

  it("does not connect to a private address, by name or by number", async () => {
    let requests = 0;
    const origin = await testServer((_, response) => {
      requests += 1;
      response.end();
    });
    const guarded: OutboundPolicy = {
      isAddressAllowed: isPublicAddress,
      resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    };
    for (const host of ["api.example", "127.0.0.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"]) {
      const outcome = await sendRequest(guarded, to(`http://${host}:${new URL(origin).port}/`));
      expect(outcome, host).toMatchObject({ ok: false, error: { code: "ERR_PRIVATE_ADDRESS" } });
    }
    expect(requests).toBe(0);
  });

  it("fails with the network's own code, and when it is told to stop", async () => {
    const origin = await testServer((request) => {
      if (request.url === "/cut") request.socket.destroy();
    });
    expect(await sendRequest(here, to("http://127.0.0.1:1/"))).toMatchObject({
      error: { code: "ECONNREFUSED" },
    });
    expect(await sendRequest(here, to(`${origin}/cut`))).toMatchObject({
      error: { code: "ECONNRESET" },
    });
    const stop = new AbortController();
    const waiting = sendRequest(here, to(`${origin}/wait`, { signal: stop.signal }));
    stop.abort();
    expect(await waiting).toMatchObject({ error: { name: "AbortError" } });
  });

  it("fails on a header that HTTP cannot carry", async () => {
    const outcome = await sendRequest(
      here,
      to("http://127.0.0.1:1/", { headers: { authorization: "Bearer a\nb" } }),
    );
    expect(outcome).toMatchObject({ ok: false, error: { code: "ERR_INVALID_CHAR" } });
  });
});
