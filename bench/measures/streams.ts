import { setTimeout as wait } from "node:timers/promises";
import { eventStreams } from "@/bench/event-streams";
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

/** What 500 open pages cost: requests a second, and memory. All watch the environment of the key that is used. */
export const openStreams: Measure = {
  name: "streams",
  needs: ["dashboard"],
  run: async (workplace) => {
    const site = await workplace.openSite();
    const process = await site.start({
      ...probeOptions,
      env: { LATCHKEY_SERVE: "all", LATCHKEY_LOG_LEVEL: "warn" },
    });
    const environment = await makeTestEnvironment(site.db, false);
    const { secret } = await makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
    const sessions = await Promise.all(Array.from({ length: 10 }, () => createSessionCookie(site)));
    const pages = eventStreams({ baseURL: process.baseURL, environment: environment.name, sessions });
    workplace.addCleanup(pages.close);
    /** Requests a second by the clock, and by the server's own processor time. */
    const measure = async () => {
      const before = await readProcessState(process);
      const { requestsPerSecond: byClock, requests } = await generateLoad(
        process.baseURL + path,
        secret,
        200,
        load,
      );
      const after = await readProcessState(process);
      const byProcessor = requests / (after.processorBefore - before.processorAfter);
      return { byClock, byProcessor, before, after };
    };

    // What is made once for the first page, and the first second, is no part of what one costs.
    await pages.open(10);
    await measure();
    pages.close();

    const without: Awaited<ReturnType<typeof measure>>[] = [];
    const withStreams: typeof without = [];
    const perStream: number[] = [];
    const resident: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // Which comes first changes: the machine's other work falls on both alike.
      const isFirst = round % 2 === 0;
      if (isFirst) without.push(await measure());
      const empty = await readProcessState(process);
      await pages.open(streams);
      const loaded = await measure();
      withStreams.push(loaded);
      if (pages.lost() > 0) throw new Error(`${pages.lost()} streams were ended`);
      const { before: full } = loaded;
      perStream.push((full.heapUsed + full.external - empty.heapUsed - empty.external) / streams / 1024);
      resident.push((full.rss - empty.rss) / streams / 1024);
      pages.close();
      // That they are gone is noticed within a moment.
      await wait(500);
      if (!isFirst) without.push(await measure());
    }
    const ratios = (by: "byClock" | "byProcessor") =>
      withStreams.map((loaded, round) => loaded[by] / (without[round]?.[by] ?? Number.NaN));
    const rates = [withStreams, without].map((loads) => median(loads.map(({ byClock }) => byClock)));
    return [
      {
        what: `guarded requests a second with ${streams} event streams, of those without`,
        value: median(ratios("byClock")),
        unit: "times",
        spread: `${formatSpread(ratios("byClock"))}; ${rates.map((rate) => rate.toFixed(0)).join(", ")} /s`,
        target: { atLeast: 0.9 },
      },
      {
        what: "the same a second of the server's processor time",
        value: median(ratios("byProcessor")),
        unit: "times",
        spread: formatSpread(ratios("byProcessor")),
        target: null,
      },
      {
        what: "memory of an open event stream, after a collection",
        value: median(perStream),
        unit: "KiB",
        spread: `${formatSpread(perStream)}; resident ${formatSpread(resident)}`,
        target: null,
      },
    ];
  },
};
