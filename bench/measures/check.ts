import type { Measure } from "@/bench/measure";
import { sendRequests } from "@/bench/send-requests";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { openKeepAliveClient } from "@/e2e/fixtures/keep-alive-client";

const requests = 20_000;
const path = "/providers/github";

/**
 * Measures how long a process takes to authenticate and authorize a cached key, from the histogram in its
 * metrics.
 */
export const check: Measure = {
  name: "check",
  needs: [],
  run: async (workspace) => {
    const site = await workspace.openSite();
    const process = await site.start({ env: { LATCHKEY_LOG_LEVEL: "warn" } });
    const environment = await makeTestEnvironment(site.db, false);
    const { secret } = await makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
    const client = openKeepAliveClient(process.baseURL);
    workspace.addCleanup(client.close);
    const send = () => client.statusOf(path, secret);
    // A warm-up, until V8 has compiled the code.
    await sendRequests(5_000, send);
    const before = await readHistogram(process.baseURL);
    await sendRequests(requests, send);
    const after = await readHistogram(process.baseURL);
    const counts = after.map(({ seconds, count }, index) => ({
      seconds,
      count: count - (before[index]?.count ?? 0),
    }));
    const total = counts.at(-1)?.count ?? 0;
    const p99Seconds = counts.find(({ count }) => count >= 0.99 * total)?.seconds ?? Number.NaN;
    return [
      {
        title: "authenticating and authorizing a cached key, p99 (upper bound of the bucket)",
        value: p99Seconds * 1_000_000,
        unit: "µs",
        spread: `${total} checks`,
        target: { atMost: 50 },
      },
    ];
  },
};

type Bucket = { readonly seconds: number; readonly count: number };

/** Reads the cumulative buckets of the check duration from the metrics. */
async function readHistogram(baseURL: string): Promise<Bucket[]> {
  const response = await fetch(`${baseURL}/metrics`);
  if (!response.ok) throw new Error(`GET /metrics got status ${response.status}`);
  const lines = (await response.text()).matchAll(
    /^latchkey_check_duration_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm,
  );
  const buckets = [...lines].map(([, bound, count]) => ({
    seconds: bound === "+Inf" ? Number.POSITIVE_INFINITY : Number(bound),
    count: Number(count),
  }));
  if (buckets.length === 0) throw new Error("GET /metrics returned no check durations");
  return buckets;
}
