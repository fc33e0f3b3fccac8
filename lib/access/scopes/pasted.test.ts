import { describe, expect, it } from "vitest";
import { allScopes } from "./catalogue";
import { readPastedScopes, scopeMatches } from "./pasted";

describe("readPastedScopes", () => {
  it.each([
    ["lines", allScopes.join("\n")],
    ["commas", allScopes.join(", ")],
    ["JSON", JSON.stringify(allScopes)],
    ["a YAML list", allScopes.map((scope) => `  - ${scope}`).join("\r\n")],
  ])("reads %s", (_, text) => {
    expect(readPastedScopes(text)).toEqual({ scopes: allScopes, unknown: [], mentionsFullAccess: false });
  });

  it("takes names without their first part, and names what it does not know", () => {
    expect(readPastedScopes("connections:read records:raed https://example.com")).toEqual({
      scopes: ["environment:connections:read"],
      unknown: ["records:raed", "https://example.com"],
      mentionsFullAccess: false,
    });
  });

  it("never turns a pasted star into Full access by itself", () => {
    expect(readPastedScopes("environment:*, environment:mcp")).toEqual({
      scopes: ["environment:mcp"],
      unknown: [],
      mentionsFullAccess: true,
    });
  });

  it("leaves a search a search", () => {
    expect(readPastedScopes("environment:connections:read")).toBeNull();
    expect(readPastedScopes("please deploy the proxy")).toBeNull();
    expect(readPastedScopes("note: nothing: here")).toBeNull();
    expect(readPastedScopes("")).toBeNull();
  });

  it("stays quick with a huge paste", () => {
    expect(readPastedScopes("environment:mcp ".repeat(1_000_000))?.scopes).toEqual(["environment:mcp"]);
  });
});

describe("scopeMatches", () => {
  it.each(["", "  ", "proxy", "PROXY", "external api", "environment:proxy"])(
    "finds the proxy by %j",
    (query) => {
      expect(scopeMatches("environment:proxy", query)).toBe(true);
    },
  );

  it("wants every word", () => {
    expect(scopeMatches("environment:proxy", "proxy credentials")).toBe(false);
  });
});
