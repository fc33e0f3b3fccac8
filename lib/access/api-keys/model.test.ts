import { describe, expect, it } from "vitest";
import { allScopes, fullAccess } from "@/lib/access/scopes/catalog";
import { displayNameSchema, editedKeySchema, grantsSchema, keyIdSchema, newKeySchema } from "./model";

const errorMessage = (schema: typeof displayNameSchema | typeof grantsSchema, value: unknown) =>
  schema.safeParse(value).error?.issues[0]?.message;

describe("displayNameSchema", () => {
  it.each([
    ["  CI Deploy Key\t", "CI Deploy Key"],
    ["x".repeat(255), "x".repeat(255)],
    ["🔑".repeat(255), "🔑".repeat(255)],
    ["Schlu\u0308ssel", "Schl\u00fcssel"],
    ["<b>' -- \"", "<b>' -- \""],
  ])("accepts %j", (given, expected) => {
    expect(displayNameSchema.parse(given)).toBe(expected);
  });

  it.each([
    ["nothing", "", "Enter a display name"],
    ["blanks", " \u00a0\t ", "Enter a display name"],
    ["256 characters", "x".repeat(256), "At most 255 characters"],
    ["a megabyte", "x".repeat(1_000_000), "At most 255 characters"],
    ["a line end inside", "a\nb", "Remove invisible characters"],
    ["a bidirectional override", "abc\u202etxt", "Remove invisible characters"],
    ["a zero-width space", "ad\u200bmin", "Remove invisible characters"],
    ["a NUL", "a\0b", "Remove invisible characters"],
    ["a lone surrogate", "a\ud800b", "Remove invisible characters"],
  ])("rejects %s", (_, given, message) => {
    expect(errorMessage(displayNameSchema, given)).toBe(message);
  });
});

describe("grantsSchema", () => {
  it("normalizes grants to their stored form", () => {
    expect(grantsSchema.parse([...allScopes].reverse())).not.toContain("environment:connections:list");
    expect(grantsSchema.parse(["environment:mcp", fullAccess])).toEqual([fullAccess]);
  });

  it.each([
    ["nothing", [], "Choose at least one scope"],
    ["a missing list", undefined, "Choose Full access or at least one scope"],
    ["null", null, "Choose Full access or at least one scope"],
    ["a star", ["*"], 'Unknown scope: "*"'],
    ["a group", ["environment:connections:*"], 'Unknown scope: "environment:connections:*"'],
    ["a repeated scope", ["environment:mcp", "environment:mcp"], "A scope is listed twice"],
    ["an inherited name", ["constructor"], 'Unknown scope: "constructor"'],
    ["10,000 scopes", Array.from({ length: 10_000 }, () => "environment:mcp"), "Too many scopes"],
  ])("rejects %s", (_, given, message) => {
    expect(errorMessage(grantsSchema, given)).toBe(message);
  });
});

describe("key schemas", () => {
  it.each([0, -1, 1.5, Number.NaN, 2 ** 53, "1", null])("rejects the id %j", (id) => {
    expect(keyIdSchema.safeParse(id).success).toBe(false);
  });

  it("require name and grants, and for an edit the id", () => {
    const key = { displayName: " a ", grants: ["environment:mcp"] };
    expect(newKeySchema.parse(key)).toEqual({ displayName: "a", grants: ["environment:mcp"] });
    expect(newKeySchema.safeParse({ displayName: "a" }).success).toBe(false);
    expect(newKeySchema.safeParse([key]).success).toBe(false);
    expect(editedKeySchema.safeParse(key).success).toBe(false);
    expect(editedKeySchema.parse({ ...key, id: 7 }).id).toBe(7);
  });
});
