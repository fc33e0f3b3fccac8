import type { Finding, Measure } from "@/bench/measure";
import { formatNumber } from "@/bench/statistics";
import { measureThroughput, type ThroughputReport, type VariantResult } from "@/bench/throughput/measure";

const rounds = 6;
const load = { connections: 32, seconds: 1 };

type Comparison = {
  readonly title: string;
  readonly variant: string;
  readonly baseline: string;
  readonly atLeast: number;
};

const comparisons: readonly Comparison[] = [
  { title: "with auth vs. without auth", variant: "with auth", baseline: "without auth", atLeast: 0.85 },
  { title: "with auth vs. a bare node:http handler", variant: "with auth", baseline: "bare", atLeast: 0.5 },
  { title: "cached vs. uncached keys", variant: "with auth", baseline: "without cache", atLeast: 3 },
  { title: "401 for a malformed key vs. 200", variant: "malformed key", baseline: "with auth", atLeast: 1 },
  { title: "401 for an unknown key vs. 200", variant: "unknown key", baseline: "with auth", atLeast: 1 },
  { title: "403 for a missing scope vs. 200", variant: "missing scope", baseline: "with auth", atLeast: 1 },
];

/**
 * Compares the throughput of one route, always with the same response body, for different ways to handle a
 * request.
 */
export const throughput: Measure = {
  name: "throughput",
  needs: [],
  run: async (workspace) => {
    const report = await measureThroughput(workspace, rounds, load);
    return [...comparisons.map((comparison) => compare(report, comparison)), rate(report)];
  },
};

function compare(report: ThroughputReport, { title, variant, baseline, atLeast }: Comparison): Finding {
  const [result, reference] = [resultOf(report, variant), resultOf(report, baseline)];
  const cpuTime = ({ userMicroseconds, systemMicroseconds }: VariantResult) =>
    `${formatNumber(userMicroseconds.median)}+${formatNumber(systemMicroseconds.median)}`;
  const { min, max } = result.requestsPerSecond;
  return {
    title: `requests per second: ${title}`,
    value: result.requestsPerSecond.median / reference.requestsPerSecond.median,
    unit: "times",
    spread: `${formatNumber(min)} to ${formatNumber(max)} /s, CPU ${cpuTime(result)} vs. ${cpuTime(reference)} µs`,
    target: { atLeast },
  };
}

function resultOf(report: ThroughputReport, variant: string): VariantResult {
  const result = report[variant];
  if (result === undefined) throw new Error(`The variant ${variant} was not measured`);
  return result;
}

function rate(report: ThroughputReport): Finding {
  const { median, min, max } = resultOf(report, "with auth").requestsPerSecond;
  return {
    title: "requests per second: with auth",
    value: median,
    unit: "/s",
    spread: `${formatNumber(min)} to ${formatNumber(max)} in ${rounds} rounds`,
    target: null,
  };
}
