import { type AuthDurationStats, authDurationBuckets } from "@/lib/environment-api/pipeline/auth-durations";

const name = "latchkey_check_duration_seconds";

/** Counts in buckets as a Prometheus histogram, whose buckets add up. prom-client takes single observations only. */
export function formatAuthDurations({ counts, seconds }: AuthDurationStats): string {
  let sum = 0;
  const buckets = [...authDurationBuckets.map(String), "+Inf"].map((bound, at) => {
    sum += counts[at] ?? 0;
    return `${name}_bucket{le="${bound}"} ${sum}`;
  });
  const lines = [
    `# HELP ${name} Time the door took to decide a request, in seconds`,
    `# TYPE ${name} histogram`,
    ...buckets,
    `${name}_sum ${seconds}`,
    `${name}_count ${sum}`,
  ];
  return `${lines.join("\n")}\n`;
}
