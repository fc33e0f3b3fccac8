import { setTimeout as wait } from "node:timers/promises";
import { createDecisionRecorder } from "@/bench/decisions/decision-recorder";
import { createEventStreams } from "@/bench/event-streams";
import type { Finding, Measure } from "@/bench/measure";
import { probeOptions } from "@/bench/process-state";
import { createSessionCookie } from "@/bench/session-cookie";
import { makeTestEnvironment, type TestKey } from "@/e2e/fixtures/api-key";
import { type KeepAliveClient, openKeepAliveClient } from "@/e2e/fixtures/keep-alive-client";
import { end } from "@/e2e/fixtures/site";
import { decisionFindings } from "./findings";
import { countOpenStreams, errorLines, medianHeapMiB } from "./health";
import { createSoakKeys, type SoakKeys } from "./keys";
import { createUsageTally } from "./usage-tally";

const environmentCount = 3;
const memberCount = 10;

/** For each kind of load: the number of concurrent workers, and the maximum pause of each in milliseconds. */
const load = {
  requests: { workers: 8, maxPauseMs: 30 },
  changes: { workers: 2, maxPauseMs: 400 },
  pages: { workers: 10, maxPauseMs: 2000 },
};

/**
 * Runs mixed load on two processes for `minutes`. Then verifies every response and every usage total, and
 * compares the memory with that at the start.
 */
export const createSoak = (minutes: number): Measure => ({
  name: "soak",
  needs: ["dashboard"],
  run: async (workspace) => {
    const site = await workspace.openSite();
    const env = { LATCHKEY_SERVE: "all", LATCHKEY_LOG_LEVEL: "warn" };
    const processes = await Promise.all([
      site.start({ ...probeOptions, env }),
      site.start({ ...probeOptions, env }),
    ]);
    const clients = processes.map(({ baseURL }) => ({ baseURL, ...openKeepAliveClient(baseURL) }));
    workspace.addCleanup(() => clients.forEach(({ close }) => void close()));
    const environments = await Promise.all(
      Array.from({ length: environmentCount }, () => makeTestEnvironment(site.db, false)),
    );
    const sessions = await Promise.all(Array.from({ length: memberCount }, () => createSessionCookie(site)));
    const recorder = createDecisionRecorder();
    const tally = createUsageTally();
    const subjectOf = ({ displayName }: TestKey, baseURL: string) => `${displayName} at ${baseURL}`;
    const keySets = environments.map((environment) =>
      createSoakKeys(site, environment, recorder, (key) =>
        clients.map(({ baseURL }) => subjectOf(key, baseURL)),
      ),
    );

    async function request(keys: SoakKeys, client: KeepAliveClient & { readonly baseURL: string }) {
      const key = keys.pickKey();
      if (key === null) return;
      const send = () => client.statusOf(key.path, key.secret);
      tally.record(key.id, await recorder.sendRequest(subjectOf(key, client.baseURL), send));
    }

    let changes = 0;
    let opened = 0;
    let lostStreams = 0;
    async function openPages(): Promise<void> {
      const { baseURL } = pick(clients);
      const pages = createEventStreams({
        baseURL,
        environment: pick(environments).name,
        sessions: [pick(sessions)],
      });
      await pages.open(3);
      opened += 3;
      await wait(Math.random() * 10_000);
      lostStreams += pages.lost();
      pages.close();
    }

    const started = performance.now();
    const progress = () => (performance.now() - started) / (minutes * 60_000);
    async function runWorkers(kind: keyof typeof load, work: () => Promise<unknown>): Promise<void> {
      const { workers, maxPauseMs } = load[kind];
      const worker = async () => {
        while (progress() < 1) {
          await work();
          await wait(Math.random() * maxPauseMs);
        }
      };
      await Promise.all(Array.from({ length: workers }, worker));
    }
    const heaps: number[][] = [];
    async function sampleHeaps(): Promise<void> {
      for (const fraction of [0.2, 0.4, 0.6, 0.8, 0.97]) {
        await wait(Math.max(0, (fraction - progress()) * minutes * 60_000));
        heaps.push(await Promise.all(processes.map(medianHeapMiB)));
        workspace.logProgress(
          `${Math.round(fraction * 100)} %: heap ${heaps.at(-1)?.map((mib) => mib.toFixed(1))} MiB`,
        );
      }
    }
    await Promise.all([
      runWorkers("requests", () => request(pick(keySets), pick(clients))),
      runWorkers("changes", async () => {
        await pick(keySets).applyRandomChange();
        changes += 1;
      }),
      runWorkers("pages", openPages),
      sampleHeaps(),
    ]);

    const stillOpen = await countOpenStreams(processes);
    for (const process of processes) await end(process);
    const { answered, difference } = await tally.compare(site);
    const errors = processes.flatMap(({ output }) => errorLines(output().stdout + output().stderr));
    for (const line of errors.slice(0, 5)) workspace.logProgress(line);
    const growth = processes.map(
      (_, index) => (heaps.at(-1)?.[index] ?? Number.NaN) / (heaps[0]?.[index] ?? Number.NaN),
    );
    return [
      ...decisionFindings(recorder.report(), `${changes} changes in ${minutes} min`),
      zeroFinding(
        "difference between answered calls and usage totals",
        difference,
        "calls",
        `${answered} answered`,
      ),
      {
        ...zeroFinding("heap at the end vs. after a fifth of the time", Math.max(...growth), "times", ""),
        spread: heaps
          .map((mib) => mib.map((value) => value.toFixed(1)).join("+"))
          .join(", ")
          .concat(" MiB"),
        target: { atMost: 1.1 },
      },
      zeroFinding(
        "event streams still open",
        stillOpen,
        "",
        `${opened} opened, ${lostStreams} ended by the server`,
      ),
      zeroFinding("errors in the logs", errors.length, "lines", ""),
    ];
  },
});

/** Creates a finding with the target 0. */
function zeroFinding(title: string, value: number, unit: string, spread: string): Finding {
  return { title, value, unit, spread, target: { atMost: 0 } };
}

function pick<Value>(values: readonly Value[]): Value {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error("No values to pick from");
  return value;
}
