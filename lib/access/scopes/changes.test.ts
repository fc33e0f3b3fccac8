import { describe, expect, it } from "vitest";
import { allScopes, fullAccess } from "./catalogue";
import { compareGrants, isUnchanged } from "./changes";

describe("compareGrants", () => {
  it("lists what is gained and lost", () => {
    expect(compareGrants(["environment:deploy"], ["environment:mcp"])).toEqual({
      gained: ["environment:mcp"],
      lost: ["environment:deploy"],
      fullAccess: null,
    });
  });

  it("counts what a credentials scope contains as kept", () => {
    const changes = compareGrants(
      ["environment:connections:read"],
      ["environment:connections:read_credentials"],
    );
    expect(changes.gained).toEqual(["environment:connections:read_credentials"]);
    expect(changes.lost).toEqual([]);
  });

  it("says that Full access is more than the 21 names", () => {
    expect(compareGrants(allScopes, [fullAccess])).toEqual({ gained: [], lost: [], fullAccess: "gained" });
    expect(compareGrants([fullAccess], ["environment:mcp"]).lost).toHaveLength(20);
    expect(isUnchanged(compareGrants([fullAccess], allScopes))).toBe(false);
    expect(isUnchanged(compareGrants(["environment:mcp"], ["environment:mcp"]))).toBe(true);
  });
});
