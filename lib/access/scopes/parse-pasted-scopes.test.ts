import { describe, expect, it } from "vitest";
import { allScopes } from "./catalog";
import { matchesScopeQuery, parsePastedScopes } from "./parse-pasted-scopes";

describe("parsePastedScopes", () => {
  it.each([
    ["lines", allScopes.join("\n")],
    ["commas", allScopes.join(", ")],
    ["JSON", JSON.stringify(allScopes)],
    ["a YAML list", allScopes.map((scope) => `  - ${scope}`).join("\r\n")],
  ])("reads %s", (_, text) => {
    expect(parsePastedScopes(text)).toEqual({ scopes: allScopes, unknown: [], mentionsFullAccess: false });
  });

  it("accepts scopes without their prefix, and lists unknown ones", () => {
    expect(parsePastedScopes("connections:read records:raed https://example.com")).toEqual({
      scopes: ["environment:connections:read"],
      unknown: ["records:raed", "https://example.com"],
      mentionsFullAccess: false,
    });
  });

  it("does not select Full access for a pasted environment:*", () => {
    expect(parsePastedScopes("environment:*, environment:mcp")).toEqual({
      scopes: ["environment:mcp"],
      unknown: [],
      mentionsFullAccess: true,
    });
  });

  it("returns null for a search", () => {
    expect(parsePastedScopes("environment:connections:read")).toBeNull();
    expect(parsePastedScopes("please deploy the proxy")).toBeNull();
    expect(parsePastedScopes("note: nothing: here")).toBeNull();
    expect(parsePastedScopes("")).toBeNull();
  });

  it("is fast with a huge paste", () => {
    expect(parsePastedScopes("environment:mcp ".repeat(1_000_000))?.scopes).toEqual(["environment:mcp"]);
  });
});

describe("matchesScopeQuery", () => {
  it.each(["", "  ", "proxy", "PROXY", "external api", "environment:proxy"])(
    "finds the proxy by %j",
    (query) => {
      expect(matchesScopeQuery("environment:proxy", query)).toBe(true);
    },
  );

  it("requires every word", () => {
    expect(matchesScopeQuery("environment:proxy", "proxy credentials")).toBe(false);
  });
});
