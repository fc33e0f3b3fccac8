import { z } from "zod";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const units = [
  { names: /^s(?:ec(?:ond)?s?)?$/, ms: second },
  { names: /^m(?:in(?:ute)?s?)?$/, ms: minute },
  { names: /^h(?:(?:ou)?rs?)?$/, ms: hour },
  { names: /^d(?:ays?)?$/, ms: day },
] as const;

const namedIntervals: ReadonlyMap<string, number> = new Map([
  ["month", 30 * day],
  ["week", 7 * day],
  ["half day", 12 * hour],
  ["half hour", 30 * minute],
  ["quarter hour", 15 * minute],
]);

// At most seven digits: that many days are still a safe integer in milliseconds.
const amountAndUnit = /^(\d{1,7})?\s?([a-z]+)$/;

/** Shortest interval between two runs of a sync. */
export const minFrequencyMs = 30 * second;

export type FrequencyError = "not_a_frequency" | "too_short";

/**
 * Parses the frequency of a sync, such as `every 5 minutes`, `5m`, `day` or `every half hour`, to
 * milliseconds (docs/environment-api.md, "14. syncs:manage"). A unit without a number means one. A month is
 * 30 days. An interval of less than 30 seconds is an error.
 */
export function parseFrequency(text: string): Result<number, FrequencyError> {
  const interval = text.startsWith("every ") ? text.slice("every ".length) : text;
  const ms = namedIntervals.get(interval) ?? parseAmountAndUnit(interval);
  if (ms === null) return fail("not_a_frequency");
  return ms < minFrequencyMs ? fail("too_short") : ok(ms);
}

function parseAmountAndUnit(interval: string): number | null {
  const [, amount, name] = amountAndUnit.exec(interval) ?? [];
  const unit = name === undefined ? undefined : units.find(({ names }) => names.test(name));
  return unit === undefined ? null : Number(amount ?? 1) * unit.ms;
}

const errorMessages = {
  not_a_frequency: 'Is not a frequency such as "every 5 minutes", "1h" or "every half day"',
  too_short: "Must be at least 30 seconds",
} as const satisfies Record<FrequencyError, string>;

/** Schema of a frequency as text, the form in which it is stored and returned. */
export const frequencySchema = z
  .string()
  .max(255)
  .superRefine((text, context) => {
    const parsed = parseFrequency(text);
    if (!parsed.ok) context.addIssue({ code: "custom", message: errorMessages[parsed.error] });
  });
