import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frequencySchema, minFrequencyMs, parseFrequency } from "./frequency";

const unitNames = {
  s: ["s", "sec", "secs", "second", "seconds"],
  m: ["m", "min", "mins", "minute", "minutes"],
  h: ["h", "hr", "hrs", "hour", "hours"],
  d: ["d", "day", "days"],
} as const;

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const unit = fc.constantFrom("s", "m", "h", "d");
const namedUnit = unit.chain((key) =>
  fc.constantFrom(...unitNames[key]).map((name) => ({ ms: unitMs[key], name })),
);

describe("parseFrequency", () => {
  it.each([
    ["every 5 minutes", 300_000],
    ["5m", 300_000],
    ["every hour", 3_600_000],
    ["day", 86_400_000],
    ["every half day", 43_200_000],
    ["half hour", 1_800_000],
    ["every quarter hour", 900_000],
    ["every week", 604_800_000],
    ["month", 2_592_000_000],
    ["30s", 30_000],
    ["every 90 secs", 90_000],
  ])("parses %s as %d ms", (text, ms) => {
    expect(parseFrequency(text)).toEqual({ ok: true, value: ms });
  });

  it.each(["29s", "every second", "s", "0m", "0 days", "every 1 sec"])("rejects %s as too short", (text) => {
    expect(parseFrequency(text)).toEqual({ ok: false, error: "too_short" });
  });

  it.each([
    "",
    "every",
    "every ",
    "5",
    "every 5",
    "-5m",
    "1.5h",
    "5  minutes",
    "Every hour",
    "every every hour",
    " 5m",
    "5m ",
    "2 weeks",
    "half",
    "half minute",
    "99999999999999999999d",
    "5m\n",
    "hs",
    "mn",
    "constructor",
  ])("rejects %j", (text) => {
    expect(parseFrequency(text)).toEqual({ ok: false, error: "not_a_frequency" });
  });

  it("multiplies the number by the unit, in every spelling, from 30 seconds on", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999 }),
        namedUnit,
        fc.boolean(),
        fc.boolean(),
        (amount, { ms, name }, hasEvery, hasSpace) => {
          const text = `${hasEvery ? "every " : ""}${amount}${hasSpace ? " " : ""}${name}`;
          const total = amount * ms;
          expect(parseFrequency(text)).toEqual(
            total < minFrequencyMs ? { ok: false, error: "too_short" } : { ok: true, value: total },
          );
          expect(frequencySchema.safeParse(text).success).toBe(total >= minFrequencyMs);
        },
      ),
    );
  });

  it("never throws, and never returns less than 30 seconds or an unsafe integer", () => {
    const pieces = fc.array(
      fc.constantFrom("every", " ", "5", "half", "hour", "m", "s", "week", "\u0000", "e"),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 30 }),
          pieces.map((parts) => parts.join("")),
        ),
        (text) => {
          const parsed = parseFrequency(text);
          if (!parsed.ok) return;
          expect(parsed.value).toBeGreaterThanOrEqual(minFrequencyMs);
          expect(Number.isSafeInteger(parsed.value)).toBe(true);
        },
      ),
    );
  });
});
