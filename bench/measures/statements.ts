import { setTimeout as wait } from "node:timers/promises";
import type { Measure } from "@/bench/measure";
import { sendRequests } from "@/bench/send-requests";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { openKeepAliveClient } from "@/e2e/fixtures/keep-alive-client";
import { openPostgresProxy } from "@/e2e/fixtures/postgres-proxy";

const requests = 10_000;
const idleSeconds = 5;
const path = "/providers/github";

/**
 * Counts the SQL statements of one process while it answers requests with a cached key, and while it is idle.
 */
export const statements: Measure = {
  name: "statements",
  needs: [],
  run: async (workspace) => {
    const site = await workspace.openSite();
    const proxy = await openPostgresProxy(site.databaseUrl);
    workspace.addCleanup(proxy.close);
    const process = await site.start({ databaseUrl: proxy.url });
    const environment = await makeTestEnvironment(site.db, false);
    const { secret } = await makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
    const client = openKeepAliveClient(process.baseURL);
    workspace.addCleanup(client.close);
    const send = () => client.statusOf(path, secret);
    await sendRequests(500, send);
    // Waits until the usage of the first requests is written: that statement is not counted.
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
    // Sent over ten seconds, so that a partial second at the start or the end has little weight.
    const paced = await count(() => sendRequests(requests, send, 10));
    return [
      {
        title: "SQL statements per second during 10,000 cached requests in 10 s, per process",
        value: paced.rate,
        unit: "/s",
        spread: `${paced.sent} in ${paced.seconds.toFixed(1)} s`,
        target: { atMost: 2 },
      },
      {
        title: "SQL statements during 10,000 cached requests as fast as possible",
        value: warm.sent,
        unit: "",
        spread: `in ${warm.seconds.toFixed(1)} s`,
        target: { atMost: Math.ceil(2 * warm.seconds) },
      },
      {
        title: "SQL statements per second of an idle process",
        value: idle.rate,
        unit: "/s",
        spread: `${idle.sent} in ${idle.seconds.toFixed(1)} s`,
        target: { atMost: 2 },
      },
    ];
  },
};
