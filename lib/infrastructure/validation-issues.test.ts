import { expect, test } from "vitest";
import { z } from "zod";
import { firstIssues } from "./validation-issues";

function issuesOf(schema: z.ZodType, value: unknown) {
  return firstIssues(schema.safeParse(value).error?.issues ?? []);
}

test("lists all of 20 issues, and the first 20 of more", () => {
  const schema = z.array(z.string());
  expect(issuesOf(schema, Array(20).fill(0))).toHaveLength(20);
  const many = issuesOf(schema, Array(1000).fill(0));
  expect(many.map(({ path }) => path)).toEqual(Array.from({ length: 20 }, (_, index) => [String(index)]));
});

test("cuts what a request can make long: names of fields, in messages and paths", () => {
  const name = "x".repeat(100_000);
  const [unknown] = issuesOf(z.strictObject({}), { [name]: 1 });
  expect(unknown?.message).toMatch(/^Unrecognized key: "x{100}.*…$/);
  const [inner] = issuesOf(z.record(z.string(), z.string()), { [name]: 1, short: "x" });
  expect(inner?.path.map((part) => part.length)).toEqual([255]);
  expect(issuesOf(z.record(z.string(), z.string()), { short: 1 })[0]?.path).toEqual(["short"]);
});
