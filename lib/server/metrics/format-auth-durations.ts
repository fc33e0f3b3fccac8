import { type AuthDurationStats, authDurationBuckets } from "@/lib/environment-api/pipeline/auth-durations";

const name = "latchkey_check_duration_seconds";

/**
 * Formats bucket counts as a Prometheus histogram, whose buckets are cumulative. Written by hand because
 * prom-client accepts single observations only.
 */
export function formatAuthDurations({ counts, seconds }: AuthDurationStats): string {
  let sum = 0;
  const buckets = [...authDurationBuckets.map(String), "+Inf"].map((bound, at) => {
    sum += counts[at] ?? 0;
    return `${name}_bucket{le="${bound}"} ${sum}`;
  });
  const lines = [
    `# HELP ${name} Time to authenticate and authorize a request, in seconds`,
    `# TYPE ${name} histogram`,
    ...buckets,
    `${name}_sum ${seconds}`,
    `${name}_count ${sum}`,
  ];
  return `${lines.join("\n")}\n`;
}
