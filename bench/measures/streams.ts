import { setTimeout as wait } from "node:timers/promises";
import { createEventStreams } from "@/bench/event-streams";
import { generateLoad } from "@/bench/generate-load";
import type { Measure } from "@/bench/measure";
import { probeOptions, readProcessState } from "@/bench/process-state";
import { createSessionCookie } from "@/bench/session-cookie";
import { formatSpread, median } from "@/bench/statistics";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";

const streams = 500;
const rounds = 6;
const load = { connections: 32, seconds: 2 };
const path = "/providers/github";

/**
 * Measures what 500 open pages cost in requests per second and in memory. All pages show the environment of
 * the key that the requests use.
 */
export const openStreams: Measure = {
  name: "streams",
  needs: ["dashboard"],
  run: async (workspace) => {
    const site = await workspace.openSite();
    const process = await site.start({
      ...probeOptions,
      env: { LATCHKEY_SERVE: "all", LATCHKEY_LOG_LEVEL: "warn" },
    });
    const environment = await makeTestEnvironment(site.db, false);
    const { secret } = await makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
    const sessions = await Promise.all(Array.from({ length: 10 }, () => createSessionCookie(site)));
    const pages = createEventStreams({ baseURL: process.baseURL, environment: environment.name, sessions });
    workspace.addCleanup(pages.close);
    /** Measures requests per second by the clock, and per second of the server's CPU time. */
    const measure = async () => {
      const before = await readProcessState(process);
      const { requestsPerSecond: byClock, requests } = await generateLoad(
        process.baseURL + path,
        secret,
        200,
        load,
      );
      const after = await readProcessState(process);
      const byCpuTime = requests / (after.cpuSecondsBefore - before.cpuSecondsAfter);
      return { byClock, byCpuTime, before, after };
    };

    // A warm-up: what is allocated only once, for the first page, is not counted.
    await pages.open(10);
    await measure();
    pages.close();

    const without: Awaited<ReturnType<typeof measure>>[] = [];
    const withStreams: typeof without = [];
    const heapPerStream: number[] = [];
    const residentPerStream: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // The order alternates, so that other load on the machine affects both cases equally.
      const isFirst = round % 2 === 0;
      if (isFirst) without.push(await measure());
      const empty = await readProcessState(process);
      await pages.open(streams);
      const loaded = await measure();
      withStreams.push(loaded);
      if (pages.lost() > 0) throw new Error(`The server ended ${pages.lost()} streams`);
      const { before: full } = loaded;
      heapPerStream.push((full.heapUsed + full.external - empty.heapUsed - empty.external) / streams / 1024);
      residentPerStream.push((full.rss - empty.rss) / streams / 1024);
      pages.close();
      // The server notices the disconnects with a short delay.
      await wait(500);
      if (!isFirst) without.push(await measure());
    }
    const ratios = (by: "byClock" | "byCpuTime") =>
      withStreams.map((loaded, round) => loaded[by] / (without[round]?.[by] ?? Number.NaN));
    const rates = [withStreams, without].map((loads) => median(loads.map(({ byClock }) => byClock)));
    return [
      {
        title: `requests per second with ${streams} event streams vs. without`,
        value: median(ratios("byClock")),
        unit: "times",
        spread: `${formatSpread(ratios("byClock"))}; ${rates.map((rate) => rate.toFixed(0)).join(", ")} /s`,
        target: { atLeast: 0.9 },
      },
      {
        title: "the same, per second of the server's CPU time",
        value: median(ratios("byCpuTime")),
        unit: "times",
        spread: formatSpread(ratios("byCpuTime")),
        target: null,
      },
      {
        title: "memory of an open event stream, after a garbage collection",
        value: median(heapPerStream),
        unit: "KiB",
        spread: `${formatSpread(heapPerStream)}; resident ${formatSpread(residentPerStream)}`,
        target: null,
      },
    ];
  },
};
