import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./address-guard";
import { type Outbound, PrivateAddressError, pinnedTo, reachableAddresses, systemOutbound } from "./outbound";

const home = { address: "127.0.0.1", family: 4 };
const abroad = { address: "93.184.216.34", family: 4 };

const answering = (...addresses: (typeof home)[]): Outbound => ({
  resolve: async () => addresses,
  mayReach: isPublicAddress,
});

describe("reachableAddresses", () => {
  it("gives every address of a public name", async () => {
    expect(await reachableAddresses(answering(abroad), "api.example")).toEqual({
      ok: true,
      value: [abroad],
    });
  });

  it("refuses a name with one private address among public ones, and a name with none", async () => {
    for (const outbound of [answering(abroad, home), answering()]) {
      expect(await reachableAddresses(outbound, "api.example")).toMatchObject({
        ok: false,
        error: { code: "ERR_PRIVATE_ADDRESS" },
      });
    }
  });

  it("checks a literal address without asking the resolver", async () => {
    const unasked: Outbound = {
      mayReach: isPublicAddress,
      resolve: () => Promise.reject(new Error("asked")),
    };
    for (const host of ["127.0.0.1", "[::1]", "::1", "169.254.169.254"]) {
      const refused = await reachableAddresses(unasked, host);
      expect(refused.ok ? null : refused.error).toBeInstanceOf(PrivateAddressError);
    }
    expect(await reachableAddresses(unasked, "[2606:4700::1111]")).toMatchObject({ ok: true });
  });

  it("admits private addresses when it is told to", async () => {
    expect(await reachableAddresses(systemOutbound(true), "localhost")).toMatchObject({ ok: true });
    expect(await reachableAddresses(systemOutbound(false), "localhost")).toMatchObject({ ok: false });
  });

  it("hands on the resolver's own error", async () => {
    const outbound: Outbound = {
      mayReach: isPublicAddress,
      resolve: () => Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" })),
    };
    expect(await reachableAddresses(outbound, "nowhere.example")).toMatchObject({
      ok: false,
      error: { code: "ENOTFOUND" },
    });
  });
});

describe("pinnedTo", () => {
  it("answers the checked addresses whatever name is asked for", () => {
    const answers: unknown[] = [];
    const lookup = pinnedTo([abroad, home]);
    lookup("elsewhere.example", { all: true }, (...answer) => answers.push(answer));
    lookup("elsewhere.example", {}, (...answer) => answers.push(answer));
    expect(answers).toEqual([
      [null, [abroad, home]],
      [null, abroad.address, 4],
    ]);
  });
});
