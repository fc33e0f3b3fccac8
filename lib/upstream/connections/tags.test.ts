import { describe, expect, it } from "vitest";
import { tagsSchema } from "./tags";

describe("tagsSchema", () => {
  it("lower-cases names", () => {
    expect(tagsSchema.parse({ Team: "A", "x-1/_.": "é" })).toEqual({ team: "A", "x-1/_.": "é" });
  });

  it.each([
    [{ team: "a", Team: "b" }],
    [{ "1team": "a" }],
    [{ "te am": "a" }],
    [{ [`t${"x".repeat(64)}`]: "a" }],
    [{ team: "" }],
    [{ team: "x".repeat(256) }],
    [{ team: 1 }],
    [{ End_User_Email: "no address" }],
    [Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`t${index}`, "x"]))],
    [["a"]],
    ["a"],
  ])("rejects %j", (tags) => {
    expect(tagsSchema.safeParse(tags).success).toBe(false);
  });
});
