import { describe, expect, it } from "vitest";
import { overrideOriginsSchema } from "./override-origins-input";

describe("overrideOriginsSchema", () => {
  it("returns each origin once, in the form in which origins are compared", () => {
    const entered = ["https://Files.example.com/", " https://files.example.com:443", "http://localhost:8080"];
    expect(overrideOriginsSchema.parse(entered)).toEqual([
      "https://files.example.com",
      "http://localhost:8080",
    ]);
    expect(overrideOriginsSchema.parse([])).toEqual([]);
  });

  it.each([
    "",
    "files.example.com",
    "https://*.example.com/x",
    "https://files.example.com/path",
    "https://files.example.com/?",
    "https://files.example.com/#part",
    "https://user@files.example.com",
    "ftp://files.example.com",
    "javascript:alert(1)",
    `https://${"a".repeat(300)}.example`,
  ])("rejects %j", (text) => {
    expect(overrideOriginsSchema.safeParse([text]).success).toBe(false);
  });

  it("takes at most 20", () => {
    const many = Array.from({ length: 21 }, (_, number) => `https://host-${number}.example`);
    expect(overrideOriginsSchema.safeParse(many.slice(1)).success).toBe(true);
    expect(overrideOriginsSchema.safeParse(many).success).toBe(false);
  });
});
