import { describe, expect, it } from "vitest";
import { checkStorable } from "./check-storable";

function nest(levels: number): unknown {
  return levels === 0 ? "end" : { in: nest(levels - 1) };
}

describe("checkStorable", () => {
  it.each([null, 1, "é 😀", { a: [{ b: "\t\n" }] }, nest(60)])("accepts %j", (value) => {
    expect(checkStorable(value)).toMatchObject({ ok: true });
  });

  it.each([
    ["\u0000", []],
    ["half \ud83d", []],
    [{ a: [1, { b: "x\u0000" }] }, ["a", "1", "b"]],
    [{ a: { "k\u0000": 1 } }, ["a"]],
    [{ a: { "\udc00": 1 } }, ["a"]],
  ])("rejects %j with the path", (value, path) => {
    expect(checkStorable(value)).toMatchObject({ ok: false, error: { code: "custom", path } });
  });

  it("rejects nesting beyond the limit, however deep", () => {
    expect(checkStorable(nest(65))).toMatchObject({ ok: false });
    expect(checkStorable(JSON.parse("[".repeat(200_000) + "]".repeat(200_000)))).toMatchObject({ ok: false });
  });
});
