import { setTimeout as wait } from "node:timers/promises";
import type { Measure } from "@/bench/measure";
import { sendRequests } from "@/bench/send-requests";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { openClient } from "@/e2e/fixtures/keep-alive-client";
import { openPostgresProxy } from "@/e2e/fixtures/postgres-proxy";

const requests = 10_000;
const idleSeconds = 5;
const path = "/providers/github";

/** SQL statements that one process sends while it answers warm requests, and while it has nothing to do. */
export const statements: Measure = {
  name: "statements",
  needs: [],
  run: async (workplace) => {
    const site = await workplace.openSite();
    const proxy = await openPostgresProxy(site.databaseUrl);
    workplace.addCleanup(proxy.close);
    const process = await site.start({ databaseUrl: proxy.url });
    const environment = await makeTestEnvironment(site.db, false);
    const { secret } = await makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
    const client = openClient(process.baseURL);
    workplace.addCleanup(client.close);
    const send = () => client.statusOf(path, secret);
    await sendRequests(500, send);
    // What the first requests left to be written is no part of this.
    await wait(2500);

    const count = async (work: () => Promise<unknown>) => {
      const before = { at: performance.now(), statements: proxy.statements() };
      await work();
      const seconds = (performance.now() - before.at) / 1000;
      const sent = proxy.statements() - before.statements;
      return { seconds, sent, rate: sent / seconds };
    };
    const idle = await count(() => wait(idleSeconds * 1000));
    const warm = await count(() => sendRequests(requests, send));
    // The same over a longer time, so that the edges of the seconds do not count.
    const paced = await count(() => sendRequests(requests, send, 10));
    return [
      {
        what: "SQL statements a second during 10,000 warm requests in 10 s, per process",
        value: paced.rate,
        unit: "/s",
        spread: `${paced.sent} in ${paced.seconds.toFixed(1)} s`,
        target: { atMost: 2 },
      },
      {
        what: "SQL statements during 10,000 warm requests as fast as they go",
        value: warm.sent,
        unit: "",
        spread: `in ${warm.seconds.toFixed(1)} s`,
        target: { atMost: Math.ceil(2 * warm.seconds) },
      },
      {
        what: "SQL statements a second of a process that has nothing to do",
        value: idle.rate,
        unit: "/s",
        spread: `${idle.sent} in ${idle.seconds.toFixed(1)} s`,
        target: { atMost: 2 },
      },
    ];
  },
};
