import { type AuthDurationStats, authDurationBuckets } from "@/lib/environment-api/pipeline/auth-durations";

const name = "latchkey_check_duration_seconds";

/**
 * Formats bucket counts as a Prometheus histogram, whose buckets are cumulative. Not done with prom-client,
 * because it accepts only single observations.
 */
export function formatAuthDurations({ counts, seconds }: AuthDurationStats): string {
  let cumulativeCount = 0;
  const buckets = [...authDurationBuckets.map(String), "+Inf"].map((bound, index) => {
    cumulativeCount += counts[index] ?? 0;
    return `${name}_bucket{le="${bound}"} ${cumulativeCount}`;
  });
  const lines = [
    `# HELP ${name} Time to authenticate and authorize a request, in seconds`,
    `# TYPE ${name} histogram`,
    ...buckets,
    `${name}_sum ${seconds}`,
    `${name}_count ${cumulativeCount}`,
  ];
  return `${lines.join("\n")}\n`;
}
