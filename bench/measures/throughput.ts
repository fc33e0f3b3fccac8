import type { Finding, Measure } from "@/bench/measure";
import { formatNumber } from "@/bench/statistics";
import { measureThroughput, type ThroughputReport } from "@/bench/throughput/measure";

const rounds = 6;
const load = { connections: 32, seconds: 1 };

type Comparison = {
  readonly what: string;
  readonly of: string;
  readonly to: string;
  readonly atLeast: number;
};

/** What a request costs by the way it is answered, all with the same route and the same bytes. */
const comparisons: readonly Comparison[] = [
  { what: "guarded, of unguarded", of: "guarded", to: "unguarded", atLeast: 0.85 },
  { what: "guarded, of a bare node:http handler", of: "guarded", to: "bare", atLeast: 0.5 },
  { what: "guarded, of guarded without its cache", of: "guarded", to: "uncached", atLeast: 3 },
  { what: "401 for a malformed key, of the 200", of: "malformed", to: "guarded", atLeast: 1 },
  { what: "401 for an unknown key, of the 200", of: "unknown", to: "guarded", atLeast: 1 },
  { what: "403, of the 200", of: "forbidden", to: "guarded", atLeast: 1 },
];

export const throughput: Measure = {
  name: "throughput",
  needs: [],
  run: async (workplace) => {
    const report = await measureThroughput(workplace, rounds, load);
    return [...comparisons.map((one) => finding(report, one)), rate(report)];
  },
};

function finding(report: ThroughputReport, { what, of, to, atLeast }: Comparison): Finding {
  const [over, under] = [report[of], report[to]];
  if (over === undefined || under === undefined) throw new Error(`${of} or ${to} was not measured`);
  const processor = ({ userMicroseconds, systemMicroseconds }: typeof over) =>
    `${formatNumber(userMicroseconds.median)}+${formatNumber(systemMicroseconds.median)}`;
  const { min, max } = over.requestsPerSecond;
  return {
    what: `requests a second: ${what}`,
    value: over.requestsPerSecond.median / under.requestsPerSecond.median,
    unit: "times",
    spread: `${formatNumber(min)} to ${formatNumber(max)} /s, processor ${processor(over)} of ${processor(under)} µs`,
    target: { atLeast },
  };
}

function rate(report: ThroughputReport): Finding {
  const found = report.guarded?.requestsPerSecond ?? { median: Number.NaN, min: Number.NaN, max: Number.NaN };
  return {
    what: "requests a second: guarded",
    value: found.median,
    unit: "/s",
    spread: `${formatNumber(found.min)} to ${formatNumber(found.max)} in ${rounds} rounds`,
    target: null,
  };
}
