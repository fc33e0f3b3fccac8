import { parseArgs } from "node:util";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Measure } from "./measure";

/**
 * What the words after `npm run bench --` ask for: measures by name, all but the soak when none is named, and
 * `--minutes N` for the soak. The failure is a sentence.
 */
export function chooseMeasures(
  words: readonly string[],
  measures: readonly Measure[],
  soak: (minutes: number) => Measure,
): Result<readonly Measure[], string> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { minutes: { type: "string", default: "15" } },
    allowPositionals: true,
    strict: false,
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) return fail("--minutes takes a number of minutes, like 15");
  if (positionals.length === 0) return ok(measures);
  const all = [...measures, soak(minutes)];
  const unknown = positionals.find((name) => !all.some((measure) => measure.name === name));
  if (unknown !== undefined) {
    return fail(`There is no measure ${unknown}. There are: ${all.map(({ name }) => name).join(", ")}.`);
  }
  return ok(all.filter(({ name }) => positionals.includes(name)));
}
