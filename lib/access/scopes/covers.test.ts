import { describe, expect, it } from "vitest";
import { allScopes, fullAccess, includedScope } from "./catalog";
import { covers } from "./covers";

describe("covers", () => {
  it("is false without grants", () => {
    for (const scope of allScopes) expect(covers([], scope)).toBe(false);
  });

  it("is true for every scope with Full access", () => {
    for (const scope of allScopes) expect(covers([fullAccess], scope)).toBe(true);
  });

  it.each(allScopes)("%s covers only itself and the scope that it includes", (grant) => {
    const covered = allScopes.filter((scope) => covers([grant], scope));
    const included = includedScope(grant);
    expect(new Set(covered)).toEqual(new Set(included === null ? [grant] : [grant, included]));
  });

  it.each(allScopes)("%s is not covered by all other scopes, unless one includes it", (required) => {
    const others = allScopes.filter((scope) => scope !== required && includedScope(scope) !== required);
    expect(covers(others, required)).toBe(false);
  });
});
