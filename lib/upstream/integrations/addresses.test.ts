import { describe, expect, it } from "vitest";
import { findProvider } from "@/lib/upstream/providers/catalog";
import { findChangedAddresses } from "./addresses";

const stored = {
  authorization_url: "https://auth.example/authorize",
  token_url: "https://auth.example/token",
  base_url: "https://api.example",
};
const changedIn = (provider: string, change: Readonly<Record<string, string>>) =>
  findChangedAddresses(findProvider(provider), stored, change);

describe("findChangedAddresses", () => {
  it.each([
    ["no values", {}, false, false],
    ["the stored values again", stored, false, false],
    ["a value that no address uses", { color: "red" }, false, false],
    ["the token URL", { token_url: "https://other.example/token" }, true, true],
    ["the token URL's path alone", { token_url: "https://auth.example/other" }, true, true],
    ["the base URL", { ...stored, base_url: "https://other.example" }, true, true],
    ["the authorization URL", { authorization_url: "https://other.example" }, true, false],
    ["an issuer that was not set", { issuer: "https://auth.example" }, true, false],
    ["the removal of a value", { base_url: "" }, true, true],
  ])("finds for %s", (_, change, any, ofConnections) => {
    expect(changedIn("oauth2-generic", change)).toEqual({ any, ofConnections });
  });

  it("finds nothing for a provider whose addresses are in the catalog", () => {
    const change = { token_url: "https://other.example", base_url: "https://other.example" };
    expect(changedIn("github", change)).toEqual({ any: false, ofConnections: false });
    expect(changedIn("oauth2-cc-generic", change)).toEqual({ any: true, ofConnections: true });
  });
});
