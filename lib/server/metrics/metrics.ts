import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { formatAuthDurations } from "./format-auth-durations";
import type { MetricSources } from "./metric-sources";

export type Metrics = {
  readonly contentType: string;
  /** All metrics of now, as Prometheus reads them. */
  readonly render: () => Promise<string>;
};

/** What Prometheus may read of this process. Requests touch none of it: the sources are asked when somebody reads. */
export function openMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  new Counter({
    name: "latchkey_requests_total",
    help: "Requests to the environment API, by what became of them",
    labelNames: ["method", "route", "outcome", "status"],
    registers,
    collect() {
      this.reset();
      for (const { requests, ...labels } of sources.requests()) this.inc(labels, requests);
    },
  });
  new Counter({
    name: "latchkey_key_lookups_total",
    help: "Look-ups of keys: hit and unknown were answered from memory, miss asked the database",
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
    help: "Writes of usage that failed and were or will be tried again",
    registers,
    collect() {
      this.reset();
      this.inc(sources.usage().failedWrites);
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
  gauge("latchkey_keys_remembered", "Keys that memory can decide", () => sources.keyCache().keys);
  gauge("latchkey_lease_held", "1 while memory may decide, 0 while every request asks the database", () =>
    sources.isLeaseHeld() ? 1 : 0,
  );
  gauge(
    "latchkey_usage_queue_length",
    "Rows of usage that wait to be written",
    () => sources.usage().pendingRows,
  );
  gauge("latchkey_event_stream_clients", "Event streams that are open", sources.openStreamCount);

  return {
    contentType: registry.contentType,
    render: async () => `${await registry.metrics()}\n${formatAuthDurations(sources.authDurations())}`,
  };
}
