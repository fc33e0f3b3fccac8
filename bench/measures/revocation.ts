import { setTimeout as wait } from "node:timers/promises";
import type { Finding, Measure } from "@/bench/measure";
import { formatSpread, quantile } from "@/bench/statistics";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestEnvironment, makeTestKey, type TestKey } from "@/e2e/fixtures/api-key";
import { type KeepAliveClient, openClient } from "@/e2e/fixtures/keep-alive-client";
import { deleteApiKey, editApiKey } from "@/lib/access/api-keys/lifecycle";
import { maxKeysPerEnvironment } from "@/lib/access/api-keys/model";
import type { Environment } from "@/lib/access/environments/model";
import { maxStalenessMs } from "@/lib/infrastructure/notifications/lease";

const trials = 200;
const path = "/integrations";

type Trial = { readonly environment: Environment; readonly key: TestKey };

/** From the commit of what forbids a key until both of two processes have refused it. */
export const revocation: Measure = {
  name: "revocation",
  needs: [],
  run: async (workplace) => {
    const site = await workplace.openSite();
    const processes = await Promise.all([site.start(), site.start()]);
    const clients = processes.map(({ baseURL }) => openClient(baseURL));
    workplace.addCleanup(() => clients.forEach(({ close }) => void close()));

    async function makeTrials(): Promise<Trial[]> {
      const made: Trial[] = [];
      let environment = await makeTestEnvironment(site.db, false);
      for (let trial = 0; trial < trials; trial += 1) {
        if (trial % maxKeysPerEnvironment === 0) environment = await makeTestEnvironment(site.db, false);
        const key = await makeTestKey(site.db, site.masterKey, environment, [
          "environment:integrations:list",
        ]);
        made.push({ environment, key });
      }
      return made;
    }

    /** Milliseconds until the last process refuses, for each trial. */
    async function measure(refusal: number, forbid: (trial: Trial) => Promise<unknown>): Promise<number[]> {
      const latencies: number[] = [];
      for (const trial of await makeTrials()) {
        const { secret } = trial.key;
        // Accepted right before, from memory: what comes after is the change's doing.
        for (let time = 0; time < 3; time += 1) {
          for (const client of clients) expectStatus(await client.statusOf(path, secret), 200);
        }
        await forbid(trial);
        const committed = performance.now();
        const refused = await Promise.all(clients.map((client) => waitForRejection(client, secret, refusal)));
        latencies.push(Math.max(...refused) - committed);
        // Trials begin at all moments of a heartbeat.
        await wait(Math.random() * 20);
      }
      return latencies;
    }

    const { db } = site;
    const deleted = await measure(401, ({ environment, key }) =>
      deleteApiKey(db, environment, testActor, key.id),
    );
    const narrowed = await measure(403, ({ environment, key }) =>
      editApiKey(db, environment, testActor, { ...key, grants: ["environment:deploy"] }),
    );
    return [...findings("a delete", deleted), ...findings("a removed scope", narrowed)];
  },
};

/** Asks until the key is refused, and tells when that was. */
async function waitForRejection(client: KeepAliveClient, secret: string, refusal: number): Promise<number> {
  const given = performance.now() + 5 * maxStalenessMs;
  for (;;) {
    const status = await client.statusOf(path, secret);
    if (status !== 200) {
      expectStatus(status, refusal);
      return performance.now();
    }
    if (performance.now() > given) throw new Error("Never refused");
    // Asking without a pause would take the processor from those who have to hear of it.
    await wait(1);
  }
}

function findings(change: string, latencies: readonly number[]): Finding[] {
  const spread = formatSpread(latencies);
  const at = (part: number) => ({ value: quantile(latencies, part), unit: "ms", spread });
  return [
    { what: `commit of ${change} until every process refuses, p50`, ...at(0.5), target: null },
    { what: `commit of ${change} until every process refuses, p99`, ...at(0.99), target: { atMost: 100 } },
    {
      what: `commit of ${change} until every process refuses, worst`,
      ...at(1),
      target: { atMost: maxStalenessMs },
    },
  ];
}

function expectStatus(status: number | null, wanted: number): void {
  if (status !== wanted) throw new Error(`Answered with ${status}, not ${wanted}`);
}
