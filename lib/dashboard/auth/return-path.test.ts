import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeReturnPath, signInPath } from "./return-path";

describe("where a person returns after signing in", () => {
  it.each([
    "/env/dev/settings/api-keys",
    "/env/dev/settings/activity?action=api_key.create&person=a%40b",
    "/members",
  ])("is the page asked for: %s", (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "http://127.0.0.1:3000/members",
    "javascript:alert(1)",
    "/..//evil.example",
    "/.//evil.example",
    "members",
    "",
    null,
    undefined,
    `/${"a".repeat(3000)}`,
    "/signin?callbackUrl=/members",
    "/signout",
    "/api/auth/signout",
    "/internal/env/dev/api-keys",
    "/setup?token=x",
  ])("is home for %j", (asked) => {
    expect(safeReturnPath(asked)).toBe("/");
  });

  it("is the page, not what the router fetched for it", () => {
    expect(safeReturnPath("/members?_rsc=1x2y3")).toBe("/members");
    expect(safeReturnPath("/members?a=b&_rsc=1x2y3")).toBe("/members?a=b");
  });

  it("is of our own origin whatever was asked", () => {
    const hostile = fc.string({
      unit: fc.constantFrom("/", "\\", ".", "\t", "\n", "\r", "@", ":", "?", "#", "evil", " "),
    });
    fc.assert(
      fc.property(hostile, (asked) => {
        const path = safeReturnPath(asked);
        expect(new URL(path, "https://keys.example").origin).toBe("https://keys.example");
        expect(safeReturnPath(path)).toBe(path);
      }),
    );
  });

  it("is part of the way to sign-in unless it is home", () => {
    expect(signInPath("/members")).toBe("/signin?callbackUrl=%2Fmembers");
    expect(signInPath("//evil.example")).toBe("/signin");
    expect(signInPath(null)).toBe("/signin");
  });
});
