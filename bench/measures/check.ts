import type { Measure } from "@/bench/measure";
import { sendRequests } from "@/bench/send-requests";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { openClient } from "@/e2e/fixtures/keep-alive-client";

const requests = 20_000;
const path = "/providers/github";

/** How long a process takes to decide a warm key, by its own clock: the histogram of its metrics. */
export const check: Measure = {
  name: "check",
  needs: [],
  run: async (workplace) => {
    const site = await workplace.openSite();
    const process = await site.start({ env: { LATCHKEY_LOG_LEVEL: "warn" } });
    const environment = await makeTestEnvironment(site.db, false);
    const { secret } = await makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
    const client = openClient(process.baseURL);
    workplace.addCleanup(client.close);
    const send = () => client.statusOf(path, secret);
    // Until the compiler has seen the code.
    await sendRequests(5_000, send);
    const before = await readHistogram(process.baseURL);
    await sendRequests(requests, send);
    const after = await readHistogram(process.baseURL);
    const counts = after.map(({ seconds, count }, at) => ({
      seconds,
      count: count - (before[at]?.count ?? 0),
    }));
    const total = counts.at(-1)?.count ?? 0;
    const within = counts.find(({ count }) => count >= 0.99 * total)?.seconds ?? Number.NaN;
    return [
      {
        what: "p99 of the check of a warm key, in process (bound of its bucket)",
        value: within * 1_000_000,
        unit: "µs",
        spread: `${total} checks`,
        target: { atMost: 50 },
      },
    ];
  },
};

type Bucket = { readonly seconds: number; readonly count: number };

/** The buckets of the check's duration, cumulative, as Prometheus text has them. */
async function readHistogram(baseURL: string): Promise<Bucket[]> {
  const response = await fetch(`${baseURL}/metrics`);
  if (!response.ok) throw new Error(`/metrics answered ${response.status}`);
  const lines = (await response.text()).matchAll(
    /^latchkey_check_duration_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm,
  );
  const buckets = [...lines].map(([, bound, count]) => ({
    seconds: bound === "+Inf" ? Number.POSITIVE_INFINITY : Number(bound),
    count: Number(count),
  }));
  if (buckets.length === 0) throw new Error("/metrics has no check durations");
  return buckets;
}
