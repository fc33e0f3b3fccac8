import { describe, expect, it } from "vitest";
import { allScopes, fullAccess, includedScope } from "./catalog";
import { covers } from "./covers";

describe("covers", () => {
  it("is no without grants", () => {
    for (const scope of allScopes) expect(covers([], scope)).toBe(false);
  });

  it("is yes for every scope with Full access", () => {
    for (const scope of allScopes) expect(covers([fullAccess], scope)).toBe(true);
  });

  it.each(allScopes)("%s covers itself and what it contains, and nothing else", (grant) => {
    const covered = allScopes.filter((scope) => covers([grant], scope));
    const contained = includedScope(grant);
    expect(new Set(covered)).toEqual(new Set(contained === null ? [grant] : [grant, contained]));
  });

  it.each(allScopes)("all the others together do not cover %s, unless one contains it", (required) => {
    const others = allScopes.filter((scope) => scope !== required && includedScope(scope) !== required);
    expect(covers(others, required)).toBe(false);
  });
});
