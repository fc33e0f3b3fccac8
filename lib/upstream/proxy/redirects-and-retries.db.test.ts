import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { isPublicAddress } from "@/lib/infrastructure/net/is-public-address";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { testServer } from "@/lib/testing/http-server";
import { secrets, sendRawRequest, testProxy } from "@/lib/testing/proxy";

const permissive = await testProxy();
/** Addresses that each host name resolves to, one per look-up. Other names do not exist. */
const addressesByName = new Map<string, string[]>();
const publicOnly: OutboundPolicy = {
  isAddressAllowed: isPublicAddress,
  resolve: async (hostname) => {
    const address = addressesByName.get(hostname)?.shift();
    if (address === undefined) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
    return [{ address, family: 4 }];
  },
};
/** The public-only policy with one more allowed address, that of the test's upstream. */
const publicOnlyAnd = (allowed: string): OutboundPolicy => ({
  ...publicOnly,
  isAddressAllowed: (address) => address === allowed || isPublicAddress(address),
});
const restricted = await testProxy({ outbound: publicOnly });

type ReceivedRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/**
 * Starts an upstream that responds with one listener per request, the last one repeatedly, and records the
 * requests.
 */
async function startUpstream(...listeners: RequestListener[]) {
  const received: ReceivedRequest[] = [];
  const origin = await testServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    received.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    const respond = listeners[Math.min(received.length, listeners.length) - 1];
    respond?.(request, response);
  });
  return { origin, received };
}

const redirect =
  (status: number, location: string): RequestListener =>
  (_, response) =>
    response.writeHead(status, { location }).end();
const respondWith =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(String(status));

describe("redirects", () => {
  it("are followed on the same host, with credentials and the caller's headers", async () => {
    const upstream = await startUpstream(redirect(302, "../moved?to=%20b"), respondWith(200));
    const response = await sendRawRequest(await permissive.serve(), {
      path: "/proxy/a/b",
      headers: permissive.headersFor(upstream.origin, { "nango-proxy-x-mine": "1" }),
    });
    expect(response.status).toBe(200);
    expect(upstream.received[1]).toMatchObject({
      url: "/moved?to=%20b",
      headers: { authorization: `Bearer ${secrets.oauth}`, "x-mine": "1" },
    });
  });

  it.each([
    ["github", "its token"],
    ["openai", "its key"],
    ["google-gemini", "its key in the query"],
  ])("to another host carry no credentials of %s (%s)", async (provider) => {
    const other = await startUpstream(respondWith(200));
    const upstream = await startUpstream(redirect(307, `${other.origin}/x`));
    const response = await sendRawRequest(await permissive.serve(), {
      path: "/proxy/a",
      headers: permissive.headersFor(upstream.origin, {
        "provider-config-key": provider,
        "nango-proxy-x-mine": "1",
        "nango-proxy-cookie": "a=b",
      }),
    });
    expect(response.status).toBe(200);
    const [received] = other.received;
    expect(received).toMatchObject({ url: "/x", headers: { "x-mine": "1" } });
    expect(received?.headers).not.toHaveProperty("authorization");
    expect(received?.headers).not.toHaveProperty("cookie");
    expect(JSON.stringify(received)).not.toContain("planted");
  });

  it("carry neither credentials nor headers with Forward-Headers-On-Redirect: false", async () => {
    const upstream = await startUpstream(redirect(302, "/next"), respondWith(200));
    await sendRawRequest(await permissive.serve(), {
      path: "/proxy/a",
      headers: permissive.headersFor(upstream.origin, {
        "nango-proxy-x-mine": "1",
        "forward-headers-on-redirect": "false",
      }),
    });
    expect(upstream.received[1]?.headers).not.toHaveProperty("authorization");
    expect(upstream.received[1]?.headers).not.toHaveProperty("x-mine");
  });

  it.each([
    [301, "POST", "GET", ""],
    [302, "PUT", "PUT", "body"],
    [303, "PUT", "GET", ""],
    [307, "POST", "POST", "body"],
    [308, "PATCH", "PATCH", "body"],
  ])("with status %i turn %s into %s", async (status, method, redirectedMethod, body) => {
    const upstream = await startUpstream(redirect(status, "/next"), respondWith(200));
    await sendRawRequest(await permissive.serve(), {
      method,
      path: "/proxy/a",
      headers: permissive.headersFor(upstream.origin, { "content-type": "text/plain" }),
      body: "body",
    });
    expect(upstream.received[1]).toMatchObject({ method: redirectedMethod, body });
    expect(upstream.received[1]?.headers["content-type"]).toBe(body === "" ? undefined : "text/plain");
  });

  it("are returned to the caller when the body cannot be sent again, and end after 10 hops", async () => {
    const large = await startUpstream(redirect(307, "/next"), respondWith(200));
    const response = await sendRawRequest(await permissive.serve(), {
      method: "POST",
      path: "/proxy/a",
      headers: permissive.headersFor(large.origin),
      body: Buffer.alloc(2 * 1024 * 1024),
    });
    expect(response).toMatchObject({ status: 307, headers: { location: "/next" } });
    const loop = await startUpstream(redirect(302, "/again"));
    const tooMany = await sendRawRequest(await permissive.serve(), {
      path: "/proxy/a",
      headers: permissive.headersFor(loop.origin),
    });
    expect(tooMany.status).toBe(500);
    expect(JSON.parse(tooMany.body.toString())).toMatchObject({ code: "ERR_FR_TOO_MANY_REDIRECTS" });
    expect(loop.received).toHaveLength(11);
  });
});

describe("retries", () => {
  it("follow 429 and 503, with the whole body each time", async () => {
    const retryNow = { "retry-after": "0" };
    const upstream = await startUpstream(
      respondWith(429, retryNow),
      respondWith(503, retryNow),
      respondWith(201),
    );
    const response = await sendRawRequest(await permissive.serve(), {
      method: "POST",
      path: "/proxy/a",
      headers: permissive.headersFor(upstream.origin, { retries: "2" }),
      body: "the whole body",
    });
    expect(response.status).toBe(201);
    expect(upstream.received.map(({ body }) => body)).toEqual(Array(3).fill("the whole body"));
  });

  it.each([
    [{}, [503], 1],
    [{ retries: "" }, [503], 1],
    [{ retries: "1" }, [503, 503], 2],
    [{ retries: "3" }, [404], 1],
    [{ retries: "3", "retry-on": "409, 404" }, [404, 409, 200], 3],
  ])("with the headers %j and the statuses %j: %i attempts", async (headers, statuses, attempts) => {
    const upstream = await startUpstream(
      ...statuses.map((status) => respondWith(status, { "retry-after": "0" })),
    );
    const response = await sendRawRequest(await permissive.serve(), {
      path: "/proxy/a",
      headers: permissive.headersFor(upstream.origin, headers),
    });
    expect(response.status).toBe(statuses.at(-1));
    expect(upstream.received).toHaveLength(attempts);
  });

  it("follow a broken connection after a pause", async () => {
    const upstream = await startUpstream((request) => request.socket.destroy(), respondWith(200));
    const started = performance.now();
    const response = await sendRawRequest(await permissive.serve(), {
      path: "/proxy/a",
      headers: permissive.headersFor(upstream.origin, { retries: "1" }),
    });
    expect(response.status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(450);
  });

  it("do not happen when Retry-After is longer than the maximum", async () => {
    const upstream = await startUpstream(respondWith(429, { "retry-after": "3600" }));
    const response = await sendRawRequest(await permissive.serve(), {
      path: "/proxy/a",
      headers: permissive.headersFor(upstream.origin, { retries: "5" }),
    });
    expect(response).toMatchObject({ status: 429, headers: { "retry-after": "3600" } });
    expect(upstream.received).toHaveLength(1);
  });

  it("do not happen when the body was too large to keep", async () => {
    const upstream = await startUpstream(respondWith(503, { "retry-after": "0" }));
    const response = await sendRawRequest(await permissive.serve(), {
      method: "POST",
      path: "/proxy/a",
      headers: permissive.headersFor(upstream.origin, { retries: "3" }),
      body: Buffer.alloc(2 * 1024 * 1024),
    });
    expect(response.status).toBe(503);
    expect(upstream.received).toHaveLength(1);
  });
});

describe("private addresses", () => {
  it.each(["127.0.0.1", "localhost.example", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "2130706433"])(
    "are not reached through Base-Url-Override to %s",
    async (host) => {
      addressesByName.set("localhost.example", ["127.0.0.1"]);
      const upstream = await startUpstream(respondWith(200));
      const response = await sendRawRequest(await restricted.serve(), {
        path: "/proxy/a",
        headers: restricted.headersFor(`http://${host}:${new URL(upstream.origin).port}`),
      });
      expect(response.status).toBe(400);
      expect(JSON.parse(response.body.toString())).toMatchObject({
        error: { code: "base_url_override_not_allowed" },
      });
      expect(upstream.received).toEqual([]);
    },
  );

  it("are not reached through a host name that resolves to another address after the check", async () => {
    const { serve, headersFor } = await testProxy({ outbound: publicOnlyAnd("127.0.0.1") });
    const upstream = await startUpstream(respondWith(200));
    addressesByName.set("rebinding.example", ["127.0.0.1", "10.0.0.7"]);
    const url = `http://rebinding.example:${new URL(upstream.origin).port}`;
    const response = await sendRawRequest(await serve(), { path: "/proxy/a", headers: headersFor(url) });
    expect(response.status).toBe(200);
    expect(addressesByName.get("rebinding.example")).toEqual(["10.0.0.7"]);
  });

  it("are not reached through a redirect", async () => {
    const { serve, headersFor } = await testProxy({ outbound: publicOnlyAnd("127.0.0.1") });
    addressesByName.set("inside.example", ["10.0.0.7"]);
    for (const target of ["http://inside.example/meta", "http://[::1]/", "http://169.254.169.254/latest"]) {
      const upstream = await startUpstream(redirect(302, target));
      const response = await sendRawRequest(await serve(), {
        path: "/proxy/a",
        headers: headersFor(upstream.origin),
      });
      expect(response.status, target).toBe(500);
      expect(JSON.parse(response.body.toString())).toMatchObject({
        code: "ERR_PRIVATE_ADDRESS",
        url: `${upstream.origin}/a`,
      });
      expect(upstream.received).toHaveLength(1);
    }
  });

  it("are distinguished from a host name that does not exist (ENOTFOUND)", async () => {
    const response = await sendRawRequest(await restricted.serve(), {
      path: "/proxy/a",
      headers: restricted.headersFor("http://nowhere.example"),
    });
    expect(response.status).toBe(500);
    expect(JSON.parse(response.body.toString())).toMatchObject({ code: "ENOTFOUND" });
  });
});
