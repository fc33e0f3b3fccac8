import { describe, expect, it } from "vitest";
import { allScopes, fullAccess } from "./catalog";
import { diffGrants, isUnchanged } from "./grant-changes";

describe("compareGrants", () => {
  it("lists what is gained and lost", () => {
    expect(diffGrants(["environment:deploy"], ["environment:mcp"])).toEqual({
      gained: ["environment:mcp"],
      lost: ["environment:deploy"],
      fullAccess: null,
    });
  });

  it("counts what a credentials scope contains as kept", () => {
    const changes = diffGrants(
      ["environment:connections:read"],
      ["environment:connections:read_credentials"],
    );
    expect(changes.gained).toEqual(["environment:connections:read_credentials"]);
    expect(changes.lost).toEqual([]);
  });

  it("says that Full access is more than the 21 names", () => {
    expect(diffGrants(allScopes, [fullAccess])).toEqual({ gained: [], lost: [], fullAccess: "gained" });
    expect(diffGrants([fullAccess], ["environment:mcp"]).lost).toHaveLength(20);
    expect(isUnchanged(diffGrants([fullAccess], allScopes))).toBe(false);
    expect(isUnchanged(diffGrants(["environment:mcp"], ["environment:mcp"]))).toBe(true);
  });
});
