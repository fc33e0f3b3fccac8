import { z } from "zod";

/**
 * Position of a record in the order of changes. `at` is a PostgreSQL timestamp as text, in UTC, to the
 * microsecond. With the milliseconds of a JavaScript Date, records that changed in the same millisecond would
 * be skipped.
 */
export type Cursor = { readonly at: string; readonly id: string };

/**
 * Encodes a cursor: base64 of `<last_modified_at>||<internal id>`
 * (docs/environment-api.md, "16. records:read").
 */
export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at}||${id}`, "latin1").toString("base64");
}

const cursorPattern =
  /^((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{6}Z)\|\|([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/**
 * Decodes a cursor. Null for any other text, and for a date that does not exist, which PostgreSQL would
 * reject.
 */
export function decodeCursor(text: string): Cursor | null {
  const [, at, seconds, id] = cursorPattern.exec(Buffer.from(text, "base64").toString("latin1")) ?? [];
  if (at === undefined || seconds === undefined || id === undefined) return null;
  const time = new Date(`${seconds}Z`);
  // JavaScript has a year 0 and rolls February 30 over; PostgreSQL has neither.
  const exists = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(seconds);
  return exists && !seconds.startsWith("0000") ? { at, id } : null;
}

/**
 * Schema of a cursor in a query or body. An invalid cursor is a validation error: docs/environment-api.md,
 * section 2, describes a 500, but section 1 takes precedence and reserves that status for unexpected errors.
 */
export const cursorSchema = z
  .string()
  .min(1)
  .max(1000)
  .transform((text, context) => {
    const cursor = decodeCursor(text);
    if (cursor !== null) return cursor;
    context.addIssue({
      code: "custom",
      message: "Is not a valid cursor. Use the cursor of a record or next_cursor",
    });
    return z.NEVER;
  });
