import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { isPublicAddress } from "@/lib/infrastructure/net/is-public-address";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { testServer } from "@/lib/testing/http-server";
import { secrets, sendRawRequest, testProxy } from "@/lib/testing/proxy";

const open = await testProxy();
/** Which address each name has; a name that is not here has none. */
const names = new Map<string, string[]>();
const guard: OutboundPolicy = {
  isAddressAllowed: isPublicAddress,
  resolve: async (hostname) => {
    const address = names.get(hostname)?.shift();
    if (address === undefined) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
    return [{ address, family: 4 }];
  },
};
/** To these tests the upstream's own address is as good as public; everything else is as in the product. */
const guardBut = (admitted: string): OutboundPolicy => ({
  ...guard,
  isAddressAllowed: (address) => address === admitted || isPublicAddress(address),
});
const guarded = await testProxy({ outbound: guard });

type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** An upstream that answers by a list, one entry a request, and remembers what it was sent. */
async function scripted(...answers: RequestListener[]) {
  const seen: Seen[] = [];
  const origin = await testServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    const answer = answers[Math.min(seen.length, answers.length) - 1];
    answer?.(request, response);
  });
  return { origin, seen };
}

const redirect =
  (status: number, location: string): RequestListener =>
  (_, response) =>
    response.writeHead(status, { location }).end();
const answer =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(String(status));

describe("redirects", () => {
  it("follows on the same host, with credentials and the caller's headers", async () => {
    const upstream = await scripted(redirect(302, "../moved?to=%20b"), answer(200));
    const got = await sendRawRequest(await open.serve(), {
      path: "/proxy/a/b",
      headers: open.headersFor(upstream.origin, { "nango-proxy-x-mine": "1" }),
    });
    expect(got.status).toBe(200);
    expect(upstream.seen[1]).toMatchObject({
      url: "/moved?to=%20b",
      headers: { authorization: `Bearer ${secrets.oauth}`, "x-mine": "1" },
    });
  });

  it.each([
    ["github", "its token"],
    ["openai", "its key"],
    ["google-gemini", "its key in the query"],
  ])("leaves the credentials of %s (%s) behind when the host changes", async (provider) => {
    const other = await scripted(answer(200));
    const upstream = await scripted(redirect(307, `${other.origin}/x`));
    const got = await sendRawRequest(await open.serve(), {
      path: "/proxy/a",
      headers: open.headersFor(upstream.origin, {
        "provider-config-key": provider,
        "nango-proxy-x-mine": "1",
        "nango-proxy-cookie": "a=b",
      }),
    });
    expect(got.status).toBe(200);
    const [seen] = other.seen;
    expect(seen).toMatchObject({ url: "/x", headers: { "x-mine": "1" } });
    expect(seen?.headers).not.toHaveProperty("authorization");
    expect(seen?.headers).not.toHaveProperty("cookie");
    expect(JSON.stringify(seen)).not.toContain("planted");
  });

  it("sends neither credentials nor headers when told not to", async () => {
    const upstream = await scripted(redirect(302, "/next"), answer(200));
    await sendRawRequest(await open.serve(), {
      path: "/proxy/a",
      headers: open.headersFor(upstream.origin, {
        "nango-proxy-x-mine": "1",
        "forward-headers-on-redirect": "false",
      }),
    });
    expect(upstream.seen[1]?.headers).not.toHaveProperty("authorization");
    expect(upstream.seen[1]?.headers).not.toHaveProperty("x-mine");
  });

  it.each([
    [301, "POST", "GET", ""],
    [302, "PUT", "PUT", "body"],
    [303, "PUT", "GET", ""],
    [307, "POST", "POST", "body"],
    [308, "PATCH", "PATCH", "body"],
  ])("after %i makes %s a %s", async (status, method, then, body) => {
    const upstream = await scripted(redirect(status, "/next"), answer(200));
    await sendRawRequest(await open.serve(), {
      method,
      path: "/proxy/a",
      headers: open.headersFor(upstream.origin, { "content-type": "text/plain" }),
      body: "body",
    });
    expect(upstream.seen[1]).toMatchObject({ method: then, body });
    expect(upstream.seen[1]?.headers["content-type"]).toBe(body === "" ? undefined : "text/plain");
  });

  it("hands on a redirect that it cannot follow, and gives up a circle", async () => {
    const large = await scripted(redirect(307, "/next"), answer(200));
    const got = await sendRawRequest(await open.serve(), {
      method: "POST",
      path: "/proxy/a",
      headers: open.headersFor(large.origin),
      body: Buffer.alloc(2 * 1024 * 1024),
    });
    expect(got).toMatchObject({ status: 307, headers: { location: "/next" } });
    const circle = await scripted(redirect(302, "/again"));
    const lost = await sendRawRequest(await open.serve(), {
      path: "/proxy/a",
      headers: open.headersFor(circle.origin),
    });
    expect(lost.status).toBe(500);
    expect(JSON.parse(lost.body.toString())).toMatchObject({ code: "ERR_FR_TOO_MANY_REDIRECTS" });
    expect(circle.seen).toHaveLength(11);
  });
});

describe("retries", () => {
  it("tries again after 429 and 503, with the whole body each time", async () => {
    const later = { "retry-after": "0" };
    const upstream = await scripted(answer(429, later), answer(503, later), answer(201));
    const got = await sendRawRequest(await open.serve(), {
      method: "POST",
      path: "/proxy/a",
      headers: open.headersFor(upstream.origin, { retries: "2" }),
      body: "the whole body",
    });
    expect(got.status).toBe(201);
    expect(upstream.seen.map(({ body }) => body)).toEqual(Array(3).fill("the whole body"));
  });

  it.each([
    [{}, [503], 1],
    [{ retries: "" }, [503], 1],
    [{ retries: "1" }, [503, 503], 2],
    [{ retries: "3" }, [404], 1],
    [{ retries: "3", "retry-on": "409, 404" }, [404, 409, 200], 3],
  ])("with %j makes of %j attempts %i", async (headers, statuses, attempts) => {
    const upstream = await scripted(...statuses.map((status) => answer(status, { "retry-after": "0" })));
    const got = await sendRawRequest(await open.serve(), {
      path: "/proxy/a",
      headers: open.headersFor(upstream.origin, headers),
    });
    expect(got.status).toBe(statuses.at(-1));
    expect(upstream.seen).toHaveLength(attempts);
  });

  it("tries again after a broken connection, waiting in between", async () => {
    const upstream = await scripted((request) => request.socket.destroy(), answer(200));
    const started = performance.now();
    const got = await sendRawRequest(await open.serve(), {
      path: "/proxy/a",
      headers: open.headersFor(upstream.origin, { retries: "1" }),
    });
    expect(got.status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(450);
  });

  it("hands on a 429 that asks for more patience than ours", async () => {
    const upstream = await scripted(answer(429, { "retry-after": "3600" }));
    const got = await sendRawRequest(await open.serve(), {
      path: "/proxy/a",
      headers: open.headersFor(upstream.origin, { retries: "5" }),
    });
    expect(got).toMatchObject({ status: 429, headers: { "retry-after": "3600" } });
    expect(upstream.seen).toHaveLength(1);
  });

  it("does not repeat a body that was too long to keep", async () => {
    const upstream = await scripted(answer(503, { "retry-after": "0" }));
    const got = await sendRawRequest(await open.serve(), {
      method: "POST",
      path: "/proxy/a",
      headers: open.headersFor(upstream.origin, { retries: "3" }),
      body: Buffer.alloc(2 * 1024 * 1024),
    });
    expect(got.status).toBe(503);
    expect(upstream.seen).toHaveLength(1);
  });
});

describe("private addresses", () => {
  it.each(["127.0.0.1", "localhost.example", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "2130706433"])(
    "are not reached through an override to %s",
    async (host) => {
      names.set("localhost.example", ["127.0.0.1"]);
      const upstream = await scripted(answer(200));
      const got = await sendRawRequest(await guarded.serve(), {
        path: "/proxy/a",
        headers: guarded.headersFor(`http://${host}:${new URL(upstream.origin).port}`),
      });
      expect(got.status).toBe(400);
      expect(JSON.parse(got.body.toString())).toMatchObject({
        error: { code: "base_url_override_not_allowed" },
      });
      expect(upstream.seen).toEqual([]);
    },
  );

  it("are not reached through a name that changes its address after the check", async () => {
    const { serve, headersFor } = await testProxy({ outbound: guardBut("127.0.0.1") });
    const upstream = await scripted(answer(200));
    names.set("rebinding.example", ["127.0.0.1", "10.0.0.7"]);
    const url = `http://rebinding.example:${new URL(upstream.origin).port}`;
    const got = await sendRawRequest(await serve(), { path: "/proxy/a", headers: headersFor(url) });
    expect(got.status).toBe(200);
    expect(names.get("rebinding.example")).toEqual(["10.0.0.7"]);
  });

  it("are not reached through a redirect", async () => {
    const { serve, headersFor } = await testProxy({ outbound: guardBut("127.0.0.1") });
    names.set("inside.example", ["10.0.0.7"]);
    for (const target of ["http://inside.example/meta", "http://[::1]/", "http://169.254.169.254/latest"]) {
      const upstream = await scripted(redirect(302, target));
      const got = await sendRawRequest(await serve(), {
        path: "/proxy/a",
        headers: headersFor(upstream.origin),
      });
      expect(got.status, target).toBe(500);
      expect(JSON.parse(got.body.toString())).toMatchObject({
        code: "ERR_PRIVATE_ADDRESS",
        url: `${upstream.origin}/a`,
      });
      expect(upstream.seen).toHaveLength(1);
    }
  });

  it("tells a name that does not exist from one that is refused", async () => {
    const got = await sendRawRequest(await guarded.serve(), {
      path: "/proxy/a",
      headers: guarded.headersFor("http://nowhere.example"),
    });
    expect(got.status).toBe(500);
    expect(JSON.parse(got.body.toString())).toMatchObject({ code: "ENOTFOUND" });
  });
});
