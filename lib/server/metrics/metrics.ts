import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { checkText } from "./check-text";
import type { MetricSources } from "./sources";

export type Metrics = {
  readonly contentType: string;
  /** All metrics of now, as Prometheus reads them. */
  readonly text: () => Promise<string>;
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
      const { hits, unknownHits, misses } = sources.keys();
      this.reset();
      this.inc({ result: "hit" }, hits);
      this.inc({ result: "unknown" }, unknownHits);
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
  gauge("latchkey_keys_remembered", "Keys that memory can decide", () => sources.keys().keys);
  gauge("latchkey_lease_held", "1 while memory may decide, 0 while every request asks the database", () =>
    sources.isCurrent() ? 1 : 0,
  );
  gauge(
    "latchkey_usage_queue_length",
    "Rows of usage that wait to be written",
    () => sources.usage().waitingEntries,
  );
  gauge("latchkey_event_stream_clients", "Event streams that are open", sources.streams);

  return {
    contentType: registry.contentType,
    text: async () => `${await registry.metrics()}\n${checkText(sources.checks())}`,
  };
}
