import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { formatAuthDurations } from "./format-auth-durations";
import type { MetricSources } from "./metric-sources";

export type Metrics = {
  readonly contentType: string;
  /** Returns all current metrics in the Prometheus text format. */
  readonly render: () => Promise<string>;
};

/**
 * Creates the metrics of this process. The sources are read only when the metrics are rendered, so that
 * counting adds almost no cost to a request.
 */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  new Counter({
    name: "latchkey_requests_total",
    help: "Requests to the environment API, by route, outcome and status",
    labelNames: ["method", "route", "outcome", "status"],
    registers,
    collect() {
      this.reset();
      for (const { requests, ...labels } of sources.requests()) this.inc(labels, requests);
    },
  });
  new Counter({
    name: "latchkey_key_lookups_total",
    help: "API key look-ups: hit and unknown were answered from the cache, miss queried the database",
    labelNames: ["result"],
    registers,
    collect() {
      const { hits, negativeCacheHits, misses } = sources.keyCache();
      this.reset();
      this.inc({ result: "hit" }, hits);
      this.inc({ result: "unknown" }, negativeCacheHits);
      this.inc({ result: "miss" }, misses);
    },
  });
  new Counter({
    name: "latchkey_usage_flush_failures_total",
    help: "Writes of API key usage that failed; they are retried",
    registers,
    collect() {
      this.reset();
      this.inc(sources.usage().failedWrites);
    },
  });
  new Counter({
    name: "latchkey_dashboard_restarts_total",
    help: "Restarts of the dashboard after its thread ended",
    registers,
    collect() {
      this.reset();
      this.inc(sources.dashboardRestarts());
    },
  });

  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("latchkey_keys_remembered", "API keys in the cache", () => sources.keyCache().keys);
  gauge(
    "latchkey_lease_held",
    "1 while requests are authorized from cached keys, 0 while every request queries the database",
    () => (sources.isNotificationLeaseHeld() ? 1 : 0),
  );
  gauge("latchkey_usage_queue_length", "Usage rows waiting to be written", () => sources.usage().pendingRows);
  gauge("latchkey_event_stream_clients", "Open event streams", sources.openStreamCount);

  return {
    contentType: registry.contentType,
    render: async () => `${await registry.metrics()}\n${formatAuthDurations(sources.authDurations())}`,
  };
}
