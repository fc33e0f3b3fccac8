import { describe, expect, it } from "vitest";
import { syncNameInputSchema, syncNamesQuerySchema } from "./sync-name";

describe("a sync's name", () => {
  it.each([
    ["issues", { name: "issues", variant: "base" }],
    ["issues::eu", { name: "issues", variant: "eu" }],
    ["issues::BASE", { name: "issues", variant: "base" }],
    [{ name: "issues" }, { name: "issues", variant: "base" }],
    [
      { name: "issues", variant: "eu" },
      { name: "issues", variant: "eu" },
    ],
    [
      { name: "issues", variant: "Base" },
      { name: "issues", variant: "base" },
    ],
  ])("%j is read", (given, meant) => {
    expect(syncNameInputSchema.parse(given)).toEqual(meant);
  });

  it.each([
    "",
    "a b",
    "a:b",
    "::eu",
    "a::",
    "a::b::c",
    "a".repeat(256),
    `a::${"b".repeat(256)}`,
    null,
    5,
    {},
    { name: "a::b" },
    { name: "a", variant: "" },
    { name: "a", variant: "b", more: 1 },
  ])("%j is refused", (given) => {
    expect(syncNameInputSchema.safeParse(given).success).toBe(false);
  });

  it("stands between commas in a query, where a star and nothing mean every sync", () => {
    expect(syncNamesQuerySchema.parse("a,b::v")).toEqual([
      { name: "a", variant: "base" },
      { name: "b", variant: "v" },
    ]);
    expect(syncNamesQuerySchema.parse("*")).toEqual([]);
    expect(syncNamesQuerySchema.parse("")).toEqual([]);
    expect(syncNamesQuerySchema.safeParse("a,").success).toBe(false);
    expect(syncNamesQuerySchema.safeParse("*,a").success).toBe(false);
  });
});
