import { expect, test } from "vitest";
import { authDurationBuckets, createAuthDurations } from "@/lib/environment-api/pipeline/auth-durations";
import { createRequestCounters } from "@/lib/environment-api/pipeline/request-counters";
import { emptyMetricSources } from "./metric-sources";
import { createMetrics } from "./metrics";

/** Parses Prometheus text into sample values by name and labels. */
function samples(text: string): ReadonlyMap<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const lastSpace = line.lastIndexOf(" ");
      return [line.slice(0, lastSpace), Number(line.slice(lastSpace + 1))];
    }),
  );
}

test("requests are counted by route, outcome and status; a scrape does not change the counts", async () => {
  const counters = createRequestCounters();
  const route = counters.forRoute("GET", "/connections");
  route.increment("succeeded", 200);
  route.increment("succeeded", 200);
  route.increment("missing_scope", 403);
  counters.forRoute("ANY", "none").increment("rejected", 404);
  const metrics = createMetrics({ ...emptyMetricSources, requests: counters.stats });
  for (let reading = 0; reading < 2; reading += 1) {
    const read = samples(await metrics.render());
    const labels = 'method="GET",route="/connections"';
    expect(read.get(`latchkey_requests_total{${labels},outcome="succeeded",status="200"}`)).toBe(2);
    expect(read.get(`latchkey_requests_total{${labels},outcome="missing_scope",status="403"}`)).toBe(1);
    expect(
      read.get('latchkey_requests_total{method="ANY",route="none",outcome="rejected",status="404"}'),
    ).toBe(1);
    expect([...read.keys()].filter((name) => name.startsWith("latchkey_requests_total"))).toHaveLength(3);
  }
});

test("durations are counted in cumulative buckets", async () => {
  const durations = createAuthDurations();
  // Milliseconds: 1 µs exactly, 3 µs, 60 µs, 2 s.
  for (const milliseconds of [0.001, 0.003, 0.06, 2000]) durations.record(milliseconds);
  const read = samples(
    await createMetrics({ ...emptyMetricSources, authDurations: durations.stats }).render(),
  );
  const bucket = (bound: string) => read.get(`latchkey_check_duration_seconds_bucket{le="${bound}"}`);
  expect([bucket("0.000001"), bucket("0.000005"), bucket("0.0001"), bucket("1"), bucket("+Inf")]).toEqual([
    1, 2, 3, 3, 4,
  ]);
  expect(read.get("latchkey_check_duration_seconds_count")).toBe(4);
  expect(read.get("latchkey_check_duration_seconds_sum")).toBeCloseTo(2.000064, 9);
});

test("the other sources and the process have their metrics", async () => {
  const metrics = createMetrics({
    ...emptyMetricSources,
    keyCache: () => ({ hits: 5, negativeCacheHits: 2, misses: 3, keys: 4 }),
    isNotificationLeaseHeld: () => true,
    usage: () => ({ pendingRows: 7, failedWrites: 1 }),
    openStreamCount: () => 6,
    dashboardRestarts: () => 7,
  });
  const read = samples(await metrics.render());
  expect(Object.fromEntries([...read].filter(([name]) => /^latchkey_(?!check)/.test(name)))).toEqual({
    'latchkey_key_lookups_total{result="hit"}': 5,
    'latchkey_key_lookups_total{result="unknown"}': 2,
    'latchkey_key_lookups_total{result="miss"}': 3,
    latchkey_keys_remembered: 4,
    latchkey_lease_held: 1,
    latchkey_usage_queue_length: 7,
    latchkey_usage_flush_failures_total: 1,
    latchkey_event_stream_clients: 6,
    latchkey_dashboard_restarts_total: 7,
  });
  expect(read.get("process_cpu_seconds_total")).toBeGreaterThan(0);
  expect(read.has("nodejs_eventloop_lag_p99_seconds")).toBe(true);
  expect(read.get("nodejs_heap_size_used_bytes")).toBeGreaterThan(0);
});

test("a process without an API reports zeros", async () => {
  const read = samples(await createMetrics(emptyMetricSources).render());
  expect(read.get("latchkey_lease_held")).toBe(0);
  expect(read.get(`latchkey_check_duration_seconds_bucket{le="${authDurationBuckets.at(-1)}"}`)).toBe(0);
});
