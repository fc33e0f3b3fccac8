import { setTimeout as wait } from "node:timers/promises";
import { openDecisionRecorder } from "@/bench/decisions/decision-recorder";
import { eventStreams } from "@/bench/event-streams";
import type { Finding, Measure } from "@/bench/measure";
import { probeOptions } from "@/bench/process-state";
import { createSessionCookie } from "@/bench/session-cookie";
import { makeTestEnvironment, type TestKey } from "@/e2e/fixtures/api-key";
import { type KeepAliveClient, openClient } from "@/e2e/fixtures/keep-alive-client";
import { end } from "@/e2e/fixtures/site";
import { decisionFindings } from "./findings";
import { countOpenStreams, errorLines, medianHeapMiB } from "./health";
import { openSoakKeys, type SoakKeys } from "./keys";
import { openUsageTally } from "./usage-tally";

const environmentCount = 3;
const memberCount = 10;

/** Lines of each kind of load, and the milliseconds that each waits at most between two. */
const load = {
  requests: { lines: 8, pause: 30 },
  changes: { lines: 2, pause: 400 },
  pages: { lines: 10, pause: 2000 },
};

/** Mixed load on two processes for so many minutes; then every decision, every count and what is left in memory. */
export const soak = (minutes: number): Measure => ({
  name: "soak",
  needs: ["dashboard"],
  run: async (workplace) => {
    const site = await workplace.openSite();
    const env = { LATCHKEY_SERVE: "all", LATCHKEY_LOG_LEVEL: "warn" };
    const processes = await Promise.all([
      site.start({ ...probeOptions, env }),
      site.start({ ...probeOptions, env }),
    ]);
    const clients = processes.map(({ baseURL }) => ({ baseURL, ...openClient(baseURL) }));
    workplace.addCleanup(() => clients.forEach(({ close }) => void close()));
    const places = await Promise.all(
      Array.from({ length: environmentCount }, () => makeTestEnvironment(site.db, false)),
    );
    const sessions = await Promise.all(Array.from({ length: memberCount }, () => createSessionCookie(site)));
    const record = openDecisionRecorder();
    const tally = openUsageTally();
    const subject = ({ displayName }: TestKey, baseURL: string) => `${displayName} at ${baseURL}`;
    const populations = places.map((place) =>
      openSoakKeys(site, place, record, (key) => clients.map(({ baseURL }) => subject(key, baseURL))),
    );

    async function request(keys: SoakKeys, client: KeepAliveClient & { readonly baseURL: string }) {
      const key = keys.pickKey();
      if (key === null) return;
      const send = () => client.statusOf(key.path, key.secret);
      tally.record(key.id, await record.sendRequest(subject(key, client.baseURL), send));
    }

    let changes = 0;
    let opened = 0;
    let lostStreams = 0;
    async function lookAtPages(): Promise<void> {
      const { baseURL } = pick(clients);
      const pages = eventStreams({ baseURL, environment: pick(places).name, sessions: [pick(sessions)] });
      await pages.open(3);
      opened += 3;
      await wait(Math.random() * 10_000);
      lostStreams += pages.lost();
      pages.close();
    }

    const started = performance.now();
    const passed = () => (performance.now() - started) / (minutes * 60_000);
    async function lines(kind: keyof typeof load, work: () => Promise<unknown>): Promise<void> {
      const { lines: number, pause } = load[kind];
      const line = async () => {
        while (passed() < 1) {
          await work();
          await wait(Math.random() * pause);
        }
      };
      await Promise.all(Array.from({ length: number }, line));
    }
    const heaps: number[][] = [];
    async function weigh(): Promise<void> {
      for (const part of [0.2, 0.4, 0.6, 0.8, 0.97]) {
        await wait(Math.max(0, (part - passed()) * minutes * 60_000));
        heaps.push(await Promise.all(processes.map(medianHeapMiB)));
        workplace.logProgress(
          `${Math.round(part * 100)} %: ${heaps.at(-1)?.map((mib) => mib.toFixed(1))} MiB of heap`,
        );
      }
    }
    await Promise.all([
      lines("requests", () => request(pick(populations), pick(clients))),
      lines("changes", async () => {
        await pick(populations).applyRandomChange();
        changes += 1;
      }),
      lines("pages", lookAtPages),
      weigh(),
    ]);

    const left = await countOpenStreams(processes);
    for (const process of processes) await end(process);
    const { answered, different } = await tally.compare(site);
    const errors = processes.flatMap(({ output }) => errorLines(output().stdout + output().stderr));
    for (const line of errors.slice(0, 5)) workplace.logProgress(line);
    const growth = processes.map(
      (_, at) => (heaps.at(-1)?.[at] ?? Number.NaN) / (heaps[0]?.[at] ?? Number.NaN),
    );
    return [
      ...decisionFindings(record.report(), `${changes} changes in ${minutes} min`),
      finding("calls whose totals are not what was answered", different, "calls", `${answered} answered`),
      {
        ...finding("heap at the end, of that after a fifth of the time", Math.max(...growth), "times", ""),
        spread: heaps
          .map((mib) => mib.map((one) => one.toFixed(1)).join("+"))
          .join(", ")
          .concat(" MiB"),
        target: { atMost: 1.1 },
      },
      finding("event streams still open", left, "", `${opened} opened, ${lostStreams} ended by the server`),
      finding("errors in the logs", errors.length, "lines", ""),
    ];
  },
});

/** What should be none. */
function finding(what: string, value: number, unit: string, spread: string): Finding {
  return { what, value, unit, spread, target: { atMost: 0 } };
}

function pick<Value>(values: readonly Value[]): Value {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}
