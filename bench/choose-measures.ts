import { parseArgs } from "node:util";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Measure } from "./measure";

/**
 * Parses the arguments of `npm run bench --`: names of measures, and `--minutes N` for the soak. Without a
 * name, chooses all measures except the soak. The error is a message for whoever runs the benchmark.
 */
export function chooseMeasures(
  args: readonly string[],
  measures: readonly Measure[],
  createSoak: (minutes: number) => Measure,
): Result<readonly Measure[], string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { minutes: { type: "string", default: "15" } },
    allowPositionals: true,
    strict: false,
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) return fail("--minutes requires a positive number, for example 15.");
  if (positionals.length === 0) return ok(measures);
  const all = [...measures, createSoak(minutes)];
  const unknown = positionals.find((name) => !all.some((measure) => measure.name === name));
  if (unknown !== undefined) {
    return fail(
      `Unknown measure ${JSON.stringify(unknown)}. Measures: ${all.map(({ name }) => name).join(", ")}.`,
    );
  }
  return ok(all.filter(({ name }) => positionals.includes(name)));
}
