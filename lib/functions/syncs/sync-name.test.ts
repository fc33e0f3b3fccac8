import { describe, expect, it } from "vitest";
import { syncNameInputSchema, syncNamesQuerySchema } from "./sync-name";

describe("syncNameInputSchema", () => {
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
  ])("parses %j", (input, expected) => {
    expect(syncNameInputSchema.parse(input)).toEqual(expected);
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
  ])("rejects %j", (input) => {
    expect(syncNameInputSchema.safeParse(input).success).toBe(false);
  });
});

describe("syncNamesQuerySchema", () => {
  it("parses comma-separated names; `*` and an empty text mean every sync", () => {
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
