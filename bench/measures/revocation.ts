import { setTimeout as wait } from "node:timers/promises";
import type { Finding, Measure } from "@/bench/measure";
import { formatSpread, quantile } from "@/bench/statistics";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestEnvironment, makeTestKey, type TestKey } from "@/e2e/fixtures/api-key";
import { type KeepAliveClient, openKeepAliveClient } from "@/e2e/fixtures/keep-alive-client";
import { deleteApiKey, editApiKey } from "@/lib/access/api-keys/lifecycle";
import { maxKeysPerEnvironment } from "@/lib/access/api-keys/model";
import type { Environment } from "@/lib/access/environments/model";
import { maxStalenessMs } from "@/lib/infrastructure/notifications/lease";

const trials = 200;
const path = "/integrations";

type Trial = { readonly environment: Environment; readonly key: TestKey };

/** Measures the time from the commit of a revocation until both of two processes reject the key. */
export const revocation: Measure = {
  name: "revocation",
  needs: [],
  run: async (workspace) => {
    const site = await workspace.openSite();
    const processes = await Promise.all([site.start(), site.start()]);
    const clients = processes.map(({ baseURL }) => openKeepAliveClient(baseURL));
    workspace.addCleanup(() => clients.forEach(({ close }) => void close()));

    async function createTrials(): Promise<Trial[]> {
      const created: Trial[] = [];
      let environment = await makeTestEnvironment(site.db, false);
      for (let trial = 0; trial < trials; trial += 1) {
        if (trial % maxKeysPerEnvironment === 0) environment = await makeTestEnvironment(site.db, false);
        const key = await makeTestKey(site.db, site.masterKey, environment, [
          "environment:integrations:list",
        ]);
        created.push({ environment, key });
      }
      return created;
    }

    /** Returns for each trial the milliseconds until the last process rejects the key. */
    async function measure(
      rejectedStatus: number,
      revoke: (trial: Trial) => Promise<unknown>,
    ): Promise<number[]> {
      const latencies: number[] = [];
      for (const trial of await createTrials()) {
        const { secret } = trial.key;
        // Accepted from the cache just before, so that a rejection is caused by the revocation.
        for (let attempt = 0; attempt < 3; attempt += 1) {
          for (const client of clients) expectStatus(await client.statusOf(path, secret), 200);
        }
        await revoke(trial);
        const committed = performance.now();
        const rejectedAt = await Promise.all(
          clients.map((client) => waitForRejection(client, secret, rejectedStatus)),
        );
        latencies.push(Math.max(...rejectedAt) - committed);
        // Spreads the trials over the interval of the heartbeat.
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
    return [...findings("a deletion", deleted), ...findings("a removed scope", narrowed)];
  },
};

/** Sends requests until the key is rejected. Returns the time by `performance.now()`. */
async function waitForRejection(
  client: KeepAliveClient,
  secret: string,
  rejectedStatus: number,
): Promise<number> {
  const deadline = performance.now() + 5 * maxStalenessMs;
  for (;;) {
    const status = await client.statusOf(path, secret);
    if (status !== 200) {
      expectStatus(status, rejectedStatus);
      return performance.now();
    }
    if (performance.now() > deadline) throw new Error("The key was not rejected");
    // Without a pause, these requests would take CPU time from the processes that must receive the
    // notification.
    await wait(1);
  }
}

function findings(change: string, latencies: readonly number[]): Finding[] {
  const spread = formatSpread(latencies);
  const atQuantile = (fraction: number) => ({ value: quantile(latencies, fraction), unit: "ms", spread });
  return [
    {
      title: `commit of ${change} until every process rejects the key, p50`,
      ...atQuantile(0.5),
      target: null,
    },
    {
      title: `commit of ${change} until every process rejects the key, p99`,
      ...atQuantile(0.99),
      target: { atMost: 100 },
    },
    {
      title: `commit of ${change} until every process rejects the key, maximum`,
      ...atQuantile(1),
      target: { atMost: maxStalenessMs },
    },
  ];
}

function expectStatus(status: number | null, expected: number): void {
  if (status !== expected) throw new Error(`Expected status ${expected}, got ${status}`);
}
