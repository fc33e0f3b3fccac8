import { describe, expect, it } from "vitest";
import { allScopes, fullAccess, type Grant } from "./catalog";
import { formatGrantsLabel, normalizeGrants, profiles } from "./profiles";

const backend: readonly Grant[] = profiles[2].grants;

describe("formatGrantsLabel", () => {
  it.each([
    ["Full access", [fullAccess]],
    ["Auth (Connect UI)", ["environment:connect_sessions:write"]],
    ["CI/CD Deploy", ["environment:deploy"]],
    ["Backend Service", backend],
    ["Backend Service + 1", [...backend, "environment:connections:read_credentials"]],
    ["CI/CD Deploy + 1", ["environment:deploy", "environment:mcp"]],
    ["1 of 21 scopes", ["environment:mcp"]],
    ["2 of 21 scopes", ["environment:connections:list_credentials"]],
    ["21 of 21 scopes", allScopes],
    ["0 of 21 scopes", []],
  ] satisfies [string, readonly Grant[]][])("%s", (name, grants) => {
    expect(formatGrantsLabel(grants)).toBe(name);
  });

  it("does not depend on the order", () => {
    expect(formatGrantsLabel([...backend].reverse())).toBe("Backend Service");
  });
});

describe("normalizeGrants", () => {
  it("drops included scopes, and every scope next to Full access", () => {
    expect(
      normalizeGrants(["environment:connections:read_credentials", "environment:connections:read"]),
    ).toEqual(["environment:connections:read_credentials"]);
    expect(normalizeGrants(["environment:mcp", fullAccess])).toEqual([fullAccess]);
    expect(normalizeGrants([])).toEqual([]);
  });
});
