import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { testServer } from "@/lib/testing/http-server";
import { isPublicAddress } from "./is-public-address";
import { createOutboundPolicy, type OutboundPolicy } from "./outbound-policy";
import { type OutboundRequest, sendRequest } from "./send-request";

function requestTo(url: string, more: Partial<OutboundRequest> = {}): OutboundRequest {
  return {
    method: "GET",
    url: new URL(url),
    headers: {},
    body: null,
    signal: new AbortController().signal,
    ...more,
  };
}

const allowAll = createOutboundPolicy(true);

describe("sendRequest", () => {
  it("sends method, target, headers and body as they are", async () => {
    const origin = await testServer(async (request, response) => {
      const { method, url, headers } = request;
      response.end(
        JSON.stringify({ method, url, host: headers.host, x: headers.x, body: await text(request) }),
      );
    });
    const outcome = await sendRequest(
      allowAll,
      requestTo(`${origin}/`, {
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

  it("connects to the checked address, even if the resolver would return another one", async () => {
    const origin = await testServer((request, response) => response.end(request.headers.host));
    let resolutions = 0;
    const rebinding: OutboundPolicy = {
      isAddressAllowed: () => true,
      resolve: async () => [{ address: resolutions++ === 0 ? "127.0.0.1" : "192.0.2.1", family: 4 }],
    };
    const outcome = await sendRequest(rebinding, requestTo(`http://api.example:${new URL(origin).port}/`));
    if (!outcome.ok) throw outcome.error;
    expect(await text(outcome.value)).toBe(`api.example:${new URL(origin).port}`);
    expect(resolutions).toBe(1);
  });

  it("does not connect to a private address, given as a name or a number", async () => {
    let requests = 0;
    const origin = await testServer((_, response) => {
      requests += 1;
      response.end();
    });
    const publicOnly: OutboundPolicy = {
      isAddressAllowed: isPublicAddress,
      resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    };
    for (const host of ["api.example", "127.0.0.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"]) {
      const outcome = await sendRequest(publicOnly, requestTo(`http://${host}:${new URL(origin).port}/`));
      expect(outcome, host).toMatchObject({ ok: false, error: { code: "ERR_PRIVATE_ADDRESS" } });
    }
    expect(requests).toBe(0);
  });

  it("fails with the network's own code, and when aborted", async () => {
    const origin = await testServer((request) => {
      if (request.url === "/cut") request.socket.destroy();
    });
    expect(await sendRequest(allowAll, requestTo("http://127.0.0.1:1/"))).toMatchObject({
      error: { code: "ECONNREFUSED" },
    });
    expect(await sendRequest(allowAll, requestTo(`${origin}/cut`))).toMatchObject({
      error: { code: "ECONNRESET" },
    });
    const controller = new AbortController();
    const waiting = sendRequest(allowAll, requestTo(`${origin}/wait`, { signal: controller.signal }));
    controller.abort();
    expect(await waiting).toMatchObject({ error: { name: "AbortError" } });
  });

  it("fails on a header that HTTP cannot carry", async () => {
    const outcome = await sendRequest(
      allowAll,
      requestTo("http://127.0.0.1:1/", { headers: { authorization: "Bearer a\nb" } }),
    );
    expect(outcome).toMatchObject({ ok: false, error: { code: "ERR_INVALID_CHAR" } });
  });
});
