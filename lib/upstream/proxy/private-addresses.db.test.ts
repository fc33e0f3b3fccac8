import { describe, expect, it } from "vitest";
import { isPublicAddress } from "@/lib/infrastructure/net/is-public-address";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { sendRawRequest, testProxy } from "@/lib/testing/proxy";
import { redirect, respondWith, startUpstream } from "@/lib/testing/upstream";

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
