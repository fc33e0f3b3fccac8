import { describe, expect, it } from "vitest";
import { z } from "zod";
import { boundedArray, boundedObject, boundedRecord } from "./bounded-schema";

const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input" });
const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, index]));

describe("boundedArray", () => {
  const schema = boundedArray(z.string(), 3);

  it("accepts the maximum and describes it", () => {
    expect(schema.parse(["a", "b", "c"])).toEqual(["a", "b", "c"]);
    expect(jsonSchema(schema)).toMatchObject({ type: "array", items: { type: "string" }, maxItems: 3 });
  });

  it("refuses more with one issue, whatever the entries are", () => {
    expect(schema.safeParse(Array(100_000).fill({})).error?.issues).toEqual([
      { code: "custom", message: "At most 3 entries", path: [] },
    ]);
  });

  it("stops at 20 issues, and validates all of a list that has fewer", () => {
    const long = boundedArray(z.string(), 1000);
    const wrongFrom = (first: number) => Array.from({ length: 1000 }, (_, at) => (at < first ? "x" : 0));
    const issues = long.safeParse(wrongFrom(500)).error?.issues;
    expect(issues?.map(({ path }) => path[0])).toEqual(Array.from({ length: 20 }, (_, at) => 500 + at));
    expect(long.safeParse(wrongFrom(981)).error?.issues).toHaveLength(19);
    expect(long.parse(wrongFrom(1000))).toHaveLength(1000);
  });

  it("still validates the entries, and what is no list", () => {
    expect(schema.safeParse(["a", 1]).error?.issues).toMatchObject([{ path: [1] }]);
    expect(schema.safeParse({ length: 1 }).success).toBe(false);
    expect(z.strictObject({ list: schema.optional() }).parse({})).toEqual({});
  });
});

describe("boundedRecord", () => {
  it("stops at 20 issues, and validates all of a record that has fewer", () => {
    const long = boundedRecord(z.string().max(5), z.int().max(980), 1000);
    expect(long.safeParse(fields(1000)).error?.issues).toHaveLength(19);
    const wrong = boundedRecord(z.string().max(3), z.int(), 1000);
    const issues = wrong.safeParse(fields(1000)).error?.issues;
    expect(issues?.map(({ path }) => path[0])).toEqual(Array.from({ length: 20 }, (_, at) => `f${100 + at}`));
  });
});

describe.each([
  ["boundedRecord", boundedRecord(z.string().max(5), z.int(), 3)],
  ["boundedObject", boundedObject(z.looseObject({ f0: z.int().optional() }), 3)],
])("%s", (_, schema) => {
  it("accepts the maximum and describes it", () => {
    expect(schema.parse(fields(3))).toEqual(fields(3));
    expect(jsonSchema(schema)).toMatchObject({ type: "object", maxProperties: 3 });
  });

  it("refuses more with one issue, whatever the fields are", () => {
    const wrong = Object.fromEntries(Object.keys(fields(10_000)).map((name) => [name, "x"]));
    expect(schema.safeParse(wrong).error?.issues).toEqual([
      { code: "custom", message: "At most 3 fields", path: [] },
    ]);
  });

  it("still validates the fields, and what is no object", () => {
    expect(schema.safeParse({ f0: "x" }).error?.issues).toMatchObject([{ path: ["f0"] }]);
    expect(schema.safeParse(null).success).toBe(false);
  });
});
