import { z } from "zod";
import { maxIssues } from "./validation-issues";

/*
 * zod validates every entry and builds every issue, and checks `max` last: a list of 100,000 wrong entries takes
 * seconds. These schemas refuse what is too long first, and stop at the first 20 issues, the most that a response
 * lists.
 */

/** A list of `min` to `max` entries. */
export function boundedArray<Item extends z.ZodType>(item: Item, max: number, min = 0) {
  const array = min === 0 ? z.array(item) : z.array(item).min(min);
  return z.preprocess((value: z.input<typeof array>, context) => {
    if (!Array.isArray(value)) return value;
    if (value.length > max) {
      context.addIssue({ code: "custom", message: `At most ${max} entries` });
      return z.NEVER;
    }
    const length = shownLength(value, (entry) => issueCount(item, entry));
    return value.slice(0, length);
  }, array.max(max));
}

/** An object of at most `max` fields with names of its sender's choice. */
export function boundedRecord<Key extends z.ZodType<string, string>, Value extends z.ZodType>(
  key: Key,
  value: Value,
  max: number,
) {
  const record = z.record(key, value).meta({ maxProperties: max });
  return refuseMoreFields(
    record,
    max,
    ([name, inner]) => Number(!key.safeParse(name).success) + issueCount(value, inner),
  );
}

/** The same for an object of which some fields are known, such as `z.looseObject`. */
export function boundedObject<Schema extends z.ZodObject>(schema: Schema, max: number) {
  return refuseMoreFields(schema.meta({ maxProperties: max }), max, () => 0);
}

function refuseMoreFields<Schema extends z.ZodType>(
  schema: Schema,
  max: number,
  issuesOf: (field: readonly [name: string, value: unknown]) => number,
) {
  return z.preprocess((value: z.input<Schema>, context) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const fields = Object.entries(value);
    if (fields.length > max) {
      context.addIssue({ code: "custom", message: `At most ${max} fields` });
      return z.NEVER;
    }
    const length = shownLength(fields, issuesOf);
    return length === fields.length ? value : Object.fromEntries(fields.slice(0, length));
  }, schema);
}

function issueCount(schema: z.ZodType, value: unknown): number {
  return schema.safeParse(value).error?.issues.length ?? 0;
}

/** Returns how many entries to validate: all of them, or those up to the 20th issue. */
function shownLength<Entry>(entries: readonly Entry[], issuesOf: (entry: Entry) => number): number {
  if (entries.length <= maxIssues) return entries.length;
  let issues = 0;
  for (const [index, entry] of entries.entries()) {
    issues += issuesOf(entry);
    if (issues >= maxIssues) return index + 1;
  }
  return entries.length;
}

/**
 * A text of at most the size of a request's head, which Node limits to 16 KiB. For headers and query parameters
 * that have no shorter bound.
 */
export const headText = z.string().max(16 * 1024);
