import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { type Cursor, cursorSchema, decodeCursor, encodeCursor } from "./cursor";

const { pool } = await testDatabase();

const micros = fc.integer({ min: 0, max: 999_999 }).map((n) => String(n).padStart(6, "0"));
const seconds = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 19));
const cursors: fc.Arbitrary<Cursor> = fc.record({
  at: fc.tuple(seconds, micros).map(([second, fraction]) => `${second}.${fraction}Z`),
  id: fc.uuid(),
});

const encoded = (text: string) => Buffer.from(text).toString("base64");
const id = "0a0b0c0d-1111-4222-8333-444455556666";

describe("a cursor", () => {
  it("survives encoding to the microsecond, in characters that need no escaping in a query", () => {
    fc.assert(
      fc.property(cursors, (cursor) => {
        const text = encodeCursor(cursor);
        expect(decodeCursor(text)).toEqual(cursor);
        expect(text).toMatch(/^[A-Za-z0-9]+=*$/);
      }),
    );
  });

  it.each([
    "",
    "x",
    "%%%",
    encoded("2026-01-01T00:00:00.000000Z"),
    encoded(`2026-01-01T00:00:00Z||${id}`),
    encoded(`2026-01-01T00:00:00.000Z||${id}`),
    encoded(`2026-02-30T00:00:00.000000Z||${id}`),
    encoded(`2026-13-01T00:00:00.000000Z||${id}`),
    encoded(`2026-01-01T24:00:00.000000Z||${id}`),
    encoded(`2026-01-01T00:00:60.000000Z||${id}`),
    encoded(`0000-01-01T00:00:00.000000Z||${id}`),
    encoded(`2026-01-01T00:00:00.000000+00:00||${id}`),
    encoded("2026-01-01T00:00:00.000000Z||no-uuid"),
    encoded(`2026-01-01T00:00:00.000000Z||${id}||`),
    encoded(`infinity||${id}`),
  ])("rejects %j", (text) => {
    expect(decodeCursor(text)).toBeNull();
    expect(cursorSchema.safeParse(text).success).toBe(false);
  });

  it("is either a timestamp that PostgreSQL can read, or rejected", async () => {
    const digits = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, "0"));
    const plausible = fc
      .tuple(fc.integer({ min: 0, max: 9999 }), digits, digits, digits, digits, digits, micros)
      .map(
        ([year, month, day, hour, minute, second, fraction]) =>
          `${String(year).padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z||${id}`,
      );
    const texts = fc.oneof(fc.string({ unit: "binary" }), fc.base64String(), plausible.map(encoded));
    await fc.assert(
      fc.asyncProperty(fc.oneof(texts, cursors.map(encodeCursor)), async (text) => {
        const cursor = decodeCursor(text);
        if (cursor === null) return;
        const [row] = await pool<{ at: string }[]>`
          select to_char(${cursor.at}::text::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`;
        expect(row?.at).toBe(cursor.at);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
