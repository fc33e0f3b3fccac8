import { describe, expect, it } from "vitest";
import { secrets, sendRawRequest, testProxy } from "@/lib/testing/proxy";
import { redirect, respondWith, startUpstream } from "@/lib/testing/upstream";

const permissive = await testProxy();

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
  ])("to another host send no credentials of %s (%s)", async (provider) => {
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

  it("send neither credentials nor the caller's headers with Forward-Headers-On-Redirect: false", async () => {
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
