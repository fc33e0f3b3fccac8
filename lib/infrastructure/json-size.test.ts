import { expect, test } from "vitest";
import { exceedsNodes } from "./json-size";

const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth));

test.each([
  ["a text", "x", 1],
  ["null", null, 1],
  ["an empty list", [], 1],
  ["a list of three", [1, {}, "x"], 4],
  ["a list of lists", [[], [], [[]]], 5],
  ["an object of two fields", { a: 1, b: { c: [] } }, 4],
  ["100,000 levels", nested(100_000), 100_000],
])("counts the nodes of %s", (_, value, nodes) => {
  expect(exceedsNodes(value, nodes)).toBe(false);
  expect(exceedsNodes(value, nodes - 1)).toBe(true);
});

test("ends for a value that contains itself", () => {
  const loop: unknown[] = [];
  loop.push(loop);
  expect(exceedsNodes(loop, 10_000)).toBe(true);
});
