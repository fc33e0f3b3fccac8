import { z } from "zod";

/**
 * A place in the order in which records change. `at` is PostgreSQL's time as text, in UTC and to the microsecond: a JS
 * Date would lose the last three digits, and with them records that changed in the same millisecond.
 */
export type Cursor = { readonly at: string; readonly id: string };

/** Base64 of `<last_modified_at>||<internal id>` (contract, section 2, 16). */
export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at}||${id}`, "latin1").toString("base64");
}

const cursorPattern =
  /^((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{6}Z)\|\|([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Null for what `writeCursor` never wrote, also for a time that no calendar has: PostgreSQL would refuse it. */
export function decodeCursor(text: string): Cursor | null {
  const [, at, seconds, id] = cursorPattern.exec(Buffer.from(text, "base64").toString("latin1")) ?? [];
  if (at === undefined || seconds === undefined || id === undefined) return null;
  const time = new Date(`${seconds}Z`);
  // JavaScript has a year 0 and rolls February 30 over; PostgreSQL has neither.
  const exists = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(seconds);
  return exists && !seconds.startsWith("0000") ? { at, id } : null;
}

/**
 * A cursor in a query or body. One that cannot be read is refused as what it is, bad input: the contract's section 2
 * lets it end in a 500, but its section 1 leaves that status to our own faults.
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
      message: "Is not a cursor: take one from a record or from next_cursor",
    });
    return z.NEVER;
  });
