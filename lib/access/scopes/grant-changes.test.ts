import { describe, expect, it } from "vitest";
import { allScopes, fullAccess } from "./catalog";
import { diffGrants, isUnchanged } from "./grant-changes";

describe("diffGrants", () => {
  it("lists gained and lost scopes", () => {
    expect(diffGrants(["environment:deploy"], ["environment:mcp"])).toEqual({
      gained: ["environment:mcp"],
      lost: ["environment:deploy"],
      fullAccess: null,
    });
  });

  it("counts the scope included in a credentials scope as kept", () => {
    const changes = diffGrants(
      ["environment:connections:read"],
      ["environment:connections:read_credentials"],
    );
    expect(changes.gained).toEqual(["environment:connections:read_credentials"]);
    expect(changes.lost).toEqual([]);
  });

  it("treats Full access as more than the 21 scopes", () => {
    expect(diffGrants(allScopes, [fullAccess])).toEqual({ gained: [], lost: [], fullAccess: "gained" });
    expect(diffGrants([fullAccess], ["environment:mcp"]).lost).toHaveLength(20);
    expect(isUnchanged(diffGrants([fullAccess], allScopes))).toBe(false);
    expect(isUnchanged(diffGrants(["environment:mcp"], ["environment:mcp"]))).toBe(true);
  });
});
