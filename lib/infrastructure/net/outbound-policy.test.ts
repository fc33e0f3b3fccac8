import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./is-public-address";
import {
  createOutboundPolicy,
  createPinnedLookup,
  type OutboundPolicy,
  PrivateAddressError,
  resolveAllowedAddresses,
} from "./outbound-policy";

const home = { address: "127.0.0.1", family: 4 };
const abroad = { address: "93.184.216.34", family: 4 };

const answering = (...addresses: (typeof home)[]): OutboundPolicy => ({
  resolve: async () => addresses,
  isAddressAllowed: isPublicAddress,
});

describe("reachableAddresses", () => {
  it("gives every address of a public name", async () => {
    expect(await resolveAllowedAddresses(answering(abroad), "api.example")).toEqual({
      ok: true,
      value: [abroad],
    });
  });

  it("refuses a name with one private address among public ones, and a name with none", async () => {
    for (const outbound of [answering(abroad, home), answering()]) {
      expect(await resolveAllowedAddresses(outbound, "api.example")).toMatchObject({
        ok: false,
        error: { code: "ERR_PRIVATE_ADDRESS" },
      });
    }
  });

  it("checks a literal address without asking the resolver", async () => {
    const unasked: OutboundPolicy = {
      isAddressAllowed: isPublicAddress,
      resolve: () => Promise.reject(new Error("asked")),
    };
    for (const host of ["127.0.0.1", "[::1]", "::1", "169.254.169.254"]) {
      const refused = await resolveAllowedAddresses(unasked, host);
      expect(refused.ok ? null : refused.error).toBeInstanceOf(PrivateAddressError);
    }
    expect(await resolveAllowedAddresses(unasked, "[2606:4700::1111]")).toMatchObject({ ok: true });
  });

  it("admits private addresses when it is told to", async () => {
    expect(await resolveAllowedAddresses(createOutboundPolicy(true), "localhost")).toMatchObject({
      ok: true,
    });
    expect(await resolveAllowedAddresses(createOutboundPolicy(false), "localhost")).toMatchObject({
      ok: false,
    });
  });

  it("hands on the resolver's own error", async () => {
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

describe("pinnedTo", () => {
  it("answers the checked addresses whatever name is asked for", () => {
    const answers: unknown[] = [];
    const lookup = createPinnedLookup([abroad, home]);
    lookup("elsewhere.example", { all: true }, (...answer) => answers.push(answer));
    lookup("elsewhere.example", {}, (...answer) => answers.push(answer));
    expect(answers).toEqual([
      [null, [abroad, home]],
      [null, abroad.address, 4],
    ]);
  });
});
