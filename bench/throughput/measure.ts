import type { LoadOptions } from "@/bench/generate-load";
import type { Workspace } from "@/bench/workspace";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { loadSample, type SampleLoadResult } from "./sample-load";
import { type ServerProcess, startServer } from "./server-process";
import { type Spread, spreadOf } from "./spread";
import { type ServerKind, type VariantKeys, variants } from "./variants";

export type VariantResult = Readonly<Record<keyof SampleLoadResult, Spread>>;
export type ThroughputReport = Readonly<Record<string, VariantResult>>;

/**
 * Loads every variant in turn, round after round, so that whatever else the machine does falls on all alike. A first
 * round that does not count lets the compiler see the code.
 */
export async function measureThroughput(
  workplace: Workspace,
  rounds: number,
  load: LoadOptions,
): Promise<ThroughputReport> {
  const place = await setUpThroughput(workplace);
  const servers = new Map<ServerKind, ServerProcess>();
  for (const { server } of variants) {
    if (servers.has(server)) continue;
    const process = await startServer(server, place.env);
    workplace.addCleanup(process.stop);
    servers.set(server, process);
  }
  const results = new Map<string, SampleLoadResult[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, server, key, status } of variants) {
      const process = servers.get(server);
      if (process === undefined) throw new Error(`No server for ${name}`);
      const loaded = await loadSample(process, key(place.keys), status, load);
      if (round > 0) results.get(name)?.push(loaded);
    }
  }
  return Object.fromEntries([...results].map(([name, loaded]) => [name, spreadsOf(loaded)]));
}

function spreadsOf(loaded: readonly SampleLoadResult[]): VariantResult {
  return {
    requestsPerSecond: spreadOf(loaded.map((one) => one.requestsPerSecond)),
    userMicroseconds: spreadOf(loaded.map((one) => one.userMicroseconds)),
    systemMicroseconds: spreadOf(loaded.map((one) => one.systemMicroseconds)),
    p99Milliseconds: spreadOf(loaded.map((one) => one.p99Milliseconds)),
  };
}

type ThroughputSetup = {
  readonly keys: VariantKeys;
  readonly env: Readonly<Record<string, string>>;
};

/** A database of its own with two keys, and the settings of a server over it. */
async function setUpThroughput(workplace: Workspace): Promise<ThroughputSetup> {
  const { db, databaseUrl, masterKey, authSecret } = await workplace.openSite();
  const environment = await makeTestEnvironment(db, false);
  const valid = await makeTestKey(db, masterKey, environment, ["environment:*"]);
  const without = await makeTestKey(db, masterKey, environment, ["environment:deploy"]);
  return {
    keys: { valid: valid.secret, withoutScope: without.secret, unknown: generateKey(false) },
    env: {
      DATABASE_URL: databaseUrl,
      LATCHKEY_MASTER_KEY: masterKey.toString("base64"),
      NEXTAUTH_SECRET: authSecret,
      // Counted like any other, never reached: the limit would answer 429.
      LATCHKEY_FAILED_AUTH_PER_MINUTE: "1000000000",
    },
  };
}
