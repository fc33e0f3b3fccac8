import { expect, test } from "vitest";
import { z } from "zod";
import { boundedArray, boundedObject, boundedRecord } from "@/lib/infrastructure/bounded-schema";
import { unboundedParts } from "./unbounded-parts";

const text = z.string().max(5);

test.each([
  ["a text", text],
  ["a text that is transformed", text.transform(Number).pipe(z.int())],
  ["a list of values to choose from", z.array(z.enum(["a", "b"])).max(2)],
  ["a bounded list", boundedArray(text, 3)],
  ["a bounded record", boundedRecord(text, text, 3)],
  ["a bounded object", boundedObject(z.looseObject({ a: text }), 3)],
  ["a record of listed names", z.partialRecord(z.enum(["a", "b"]), text)],
  ["a closed object", z.strictObject({ a: text.optional(), b: z.uuid(), c: z.unknown(), d: z.int() })],
])("%s is bounded", (_, schema) => {
  expect(unboundedParts(schema)).toEqual([]);
});

test.each([
  [z.string(), [". (string)"]],
  [z.email(), [". (string)"]],
  [z.string().regex(/^a+$/), [". (string)"]],
  [z.string().transform(Number), [". (string)"]],
  [z.string().pipe(text), [". (string)"]],
  [z.array(text), [". (array)"]],
  [z.array(z.string()).max(2), ["[] (string)"]],
  [z.record(text, text), [". (object)"]],
  [z.looseObject({}), [". (object)"]],
  [boundedRecord(z.string(), text, 2), [" names (string)"]],
  [z.strictObject({ a: z.union([text, z.array(z.string())]) }), [".a (array)", ".a[] (string)"]],
  [z.discriminatedUnion("t", [z.object({ t: z.literal("a"), v: z.string() })]), [".v (string)"]],
])("unbounded: %#", (schema, parts) => {
  expect(unboundedParts(schema)).toEqual(parts);
});
