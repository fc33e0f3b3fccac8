import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeReturnPath, signInPath } from "./return-path";

describe("the path after signing in", () => {
  it.each([
    "/env/dev/settings/api-keys",
    "/env/dev/settings/activity?action=api_key.create&person=a%40b",
    "/members",
  ])("is the requested page: %s", (path) => {
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
  ])("is / for %j", (path) => {
    expect(safeReturnPath(path)).toBe("/");
  });

  it("drops the parameter that Next's router adds to a fetch", () => {
    expect(safeReturnPath("/members?_rsc=1x2y3")).toBe("/members");
    expect(safeReturnPath("/members?a=b&_rsc=1x2y3")).toBe("/members?a=b");
  });

  it("stays on our origin for every input", () => {
    const hostile = fc.string({
      unit: fc.constantFrom("/", "\\", ".", "\t", "\n", "\r", "@", ":", "?", "#", "evil", " "),
    });
    fc.assert(
      fc.property(hostile, (input) => {
        const path = safeReturnPath(input);
        expect(new URL(path, "https://keys.example").origin).toBe("https://keys.example");
        expect(safeReturnPath(path)).toBe(path);
      }),
    );
  });

  it("is the callbackUrl of the sign-in page unless it is /", () => {
    expect(signInPath("/members")).toBe("/signin?callbackUrl=%2Fmembers");
    expect(signInPath("//evil.example")).toBe("/signin");
    expect(signInPath(null)).toBe("/signin");
  });
});
