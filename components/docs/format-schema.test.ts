import { describe, expect, it } from "vitest";
import { formatLimits, formatSchema } from "./format-schema";

describe("formatSchema", () => {
  it.each([
    [{}, "any"],
    [{ type: "string" as const }, "string"],
    [{ type: "string" as const, format: "date-time" as const }, "string (date-time)"],
    [{ const: "OAUTH2" }, '"OAUTH2"'],
    [{ enum: ["a", "b"] }, '"a" | "b"'],
    [{ $ref: "#/components/schemas/Error" }, "Error"],
    [{ anyOf: [{ type: "string" as const }, { type: "null" as const }] }, "string | null"],
    [{ type: "array" as const, items: { type: "integer" as const } }, "integer[]"],
    [{ type: "array" as const, items: { enum: ["a", "b"] } }, '("a" | "b")[]'],
    [{ type: "object" as const, additionalProperties: false as const }, "{}"],
  ])("formats %j as %s", (schema, text) => {
    expect(formatSchema(schema)).toBe(text);
  });

  it("formats an object line by line, with optional marks and limits", () => {
    const text = formatSchema({
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "string", minLength: 1, maxLength: 255 },
        tags: { type: "object", additionalProperties: { type: "string" } },
      },
    });
    expect(text).toBe(
      [
        "{",
        "  id: string  // 1 to 255 characters",
        "  tags?: {",
        "    [name: string]: string",
        "  }",
        "}",
      ].join("\n"),
    );
  });
});

it("formats limits, and returns an empty string without any", () => {
  expect(formatLimits({ type: "string" })).toBe("");
  expect(formatLimits({ maxLength: 5 })).toBe("at most 5 characters");
  expect(formatLimits({ minItems: 1 })).toBe("at least 1");
});
