import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./is-public-address";
import {
  createOutboundPolicy,
  createPinnedLookup,
  type OutboundPolicy,
  PrivateAddressError,
  resolveAllowedAddresses,
} from "./outbound-policy";

const privateAddress = { address: "127.0.0.1", family: 4 };
const publicAddress = { address: "93.184.216.34", family: 4 };

const resolvingTo = (...addresses: (typeof privateAddress)[]): OutboundPolicy => ({
  resolve: async () => addresses,
  isAddressAllowed: isPublicAddress,
});

describe("resolveAllowedAddresses", () => {
  it("returns every address of a public name", async () => {
    expect(await resolveAllowedAddresses(resolvingTo(publicAddress), "api.example")).toEqual({
      ok: true,
      value: [publicAddress],
    });
  });

  it("rejects a name with one private address among public ones, and a name without addresses", async () => {
    for (const outbound of [resolvingTo(publicAddress, privateAddress), resolvingTo()]) {
      expect(await resolveAllowedAddresses(outbound, "api.example")).toMatchObject({
        ok: false,
        error: { code: "ERR_PRIVATE_ADDRESS" },
      });
    }
  });

  it("checks a literal address without calling the resolver", async () => {
    const unusedResolver: OutboundPolicy = {
      isAddressAllowed: isPublicAddress,
      resolve: () => Promise.reject(new Error("resolver called")),
    };
    for (const host of ["127.0.0.1", "[::1]", "::1", "169.254.169.254"]) {
      const result = await resolveAllowedAddresses(unusedResolver, host);
      expect(result.ok ? null : result.error).toBeInstanceOf(PrivateAddressError);
    }
    expect(await resolveAllowedAddresses(unusedResolver, "[2606:4700::1111]")).toMatchObject({ ok: true });
  });

  it("accepts private addresses with allowPrivate", async () => {
    expect(await resolveAllowedAddresses(createOutboundPolicy(true), "localhost")).toMatchObject({
      ok: true,
    });
    expect(await resolveAllowedAddresses(createOutboundPolicy(false), "localhost")).toMatchObject({
      ok: false,
    });
  });

  it("returns the resolver's own error", async () => {
    const outbound: OutboundPolicy = {
      isAddressAllowed: isPublicAddress,
      resolve: () => Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" })),
    };
    expect(await resolveAllowedAddresses(outbound, "nowhere.example")).toMatchObject({
      ok: false,
      error: { code: "ENOTFOUND" },
    });
  });
});

describe("createPinnedLookup", () => {
  it("returns the checked addresses for any name", () => {
    const answers: unknown[] = [];
    const lookup = createPinnedLookup([publicAddress, privateAddress]);
    lookup("elsewhere.example", { all: true }, (...answer) => answers.push(answer));
    lookup("elsewhere.example", {}, (...answer) => answers.push(answer));
    expect(answers).toEqual([
      [null, [publicAddress, privateAddress]],
      [null, publicAddress.address, 4],
    ]);
  });
});
