import { z } from "zod";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const units = [
  { words: /^s(?:ec(?:ond)?s?)?$/, ms: second },
  { words: /^m(?:in(?:ute)?s?)?$/, ms: minute },
  { words: /^h(?:(?:ou)?rs?)?$/, ms: hour },
  { words: /^d(?:ays?)?$/, ms: day },
] as const;

const namedIntervals: ReadonlyMap<string, number> = new Map([
  ["month", 30 * day],
  ["week", 7 * day],
  ["half day", 12 * hour],
  ["half hour", 30 * minute],
  ["quarter hour", 15 * minute],
]);

// Seven digits of days are 27,000 years, and still a safe integer in milliseconds.
const amountAndUnit = /^(\d{1,7})?\s?([a-z]+)$/;

export const minFrequencyMs = 30 * second;

export type FrequencyError = "not_a_frequency" | "too_short";

/**
 * How often a sync runs, in milliseconds (contract, section 2, 14): `every 5 minutes`, `5m`, `day`, `every half hour`.
 * A unit without a number is one of it, a month is 30 days. Refuses what is not such a text, and less than 30 seconds.
 */
export function parseFrequency(text: string): Result<number, FrequencyError> {
  const span = text.startsWith("every ") ? text.slice("every ".length) : text;
  const ms = namedIntervals.get(span) ?? parseAmountAndUnit(span);
  if (ms === null) return fail("not_a_frequency");
  return ms < minFrequencyMs ? fail("too_short") : ok(ms);
}

function parseAmountAndUnit(span: string): number | null {
  const [, amount, word] = amountAndUnit.exec(span) ?? [];
  const unit = word === undefined ? undefined : units.find(({ words }) => words.test(word));
  return unit === undefined ? null : Number(amount ?? 1) * unit.ms;
}

const errorMessages = {
  not_a_frequency: 'Is not a frequency such as "every 5 minutes", "1h" or "every half day"',
  too_short: "Is less than 30 seconds",
} as const satisfies Record<FrequencyError, string>;

/** A frequency as text, the way it is stored and shown. */
export const frequencySchema = z
  .string()
  .max(255)
  .superRefine((text, context) => {
    const parsed = parseFrequency(text);
    if (!parsed.ok) context.addIssue({ code: "custom", message: errorMessages[parsed.error] });
  });
