import { describe, expect, it } from "vitest";
import { sendRawRequest, testProxy } from "@/lib/testing/proxy";
import { respondWith, startUpstream } from "@/lib/testing/upstream";

const permissive = await testProxy();

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

  it("follow a broken connection after a delay", async () => {
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
