import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { providers } from "./catalog";
import { authModes } from "./model";
import { isProviderSearchPattern, searchProviders } from "./search-providers";

describe("providers", () => {
  it("has at least 20 providers, with unique names, complete entries and every auth mode", () => {
    expect(providers.length).toBeGreaterThanOrEqual(20);
    expect(new Set(providers.map(({ name }) => name)).size).toBe(providers.length);
    for (const provider of providers) {
      expect(provider.name).toMatch(/^[a-z0-9-]+$/);
      expect(provider.logo_url).toMatch(/^data:image\/svg\+xml,/);
      expect(URL.canParse(provider.docs)).toBe(true);
      const { auth_mode } = provider;
      // The URLs of `oauth2-generic` come from the integration.
      const address = /^(https:\/\/|\{custom\.)/;
      expect(address.test(provider.authorization_url ?? "")).toBe(auth_mode === "OAUTH2");
      expect(address.test(provider.token_url ?? "")).toBe(auth_mode.startsWith("OAUTH2"));
    }
    expect(new Set(providers.map(({ auth_mode }) => auth_mode))).toEqual(new Set(authModes));
  });
});

describe("searchProviders", () => {
  it.each([
    ["GIT", ["github", "gitlab"]],
    ["^google-", ["google-calendar", "google-drive", "google-gemini"]],
    ["hub$|^asana", ["asana", "github"]],
    ["g.*hub", ["github"]],
    ["no such", []],
  ])("with %s finds %j", (text, names) => {
    expect(isProviderSearchPattern(text)).toBe(true);
    expect(searchProviders(text).map(({ name }) => name)).toEqual(names);
  });

  it.each(["(a+)+$", "a**", "*", "|*", "[a-z]", "a{9}", "\\d", ".*.*.*.*x", "x".repeat(101)])(
    "rejects %s",
    (text) => expect(isProviderSearchPattern(text)).toBe(false),
  );

  it("runs every accepted pattern in less than a second", () => {
    const characters = fc.constantFrom(..."ag.*+?^$|- _hub");
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 100 }).filter(isProviderSearchPattern), (text) => {
        const started = performance.now();
        searchProviders(text);
        expect(performance.now() - started).toBeLessThan(1000);
      }),
    );
  });
});
