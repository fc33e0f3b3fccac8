import type { LoadOptions } from "@/bench/generate-load";
import type { Workspace } from "@/bench/workspace";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { measureSampleRoute, type SampleLoadResult } from "./sample-load";
import { type ServerProcess, startServer } from "./server-process";
import { type Spread, spreadOf } from "./spread";
import { type ServerKind, type VariantKeys, variants } from "./variants";

export type VariantResult = Readonly<Record<keyof SampleLoadResult, Spread>>;
/** The results by the name of the variant. */
export type ThroughputReport = Readonly<Record<string, VariantResult>>;

/**
 * Measures the throughput of every variant. Each round measures all variants, so that other load on the
 * machine affects them equally. The first round is a warm-up and is not counted.
 */
export async function measureThroughput(
  workspace: Workspace,
  rounds: number,
  load: LoadOptions,
): Promise<ThroughputReport> {
  const setup = await setUpThroughput(workspace);
  const servers = new Map<ServerKind, ServerProcess>();
  for (const { server } of variants) {
    if (servers.has(server)) continue;
    const process = await startServer(server, setup.env);
    workspace.addCleanup(process.stop);
    servers.set(server, process);
  }
  const results = new Map<string, SampleLoadResult[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, server, key, status } of variants) {
      const process = servers.get(server);
      if (process === undefined) throw new Error(`The server of the variant ${name} was not started`);
      const result = await measureSampleRoute(process, key(setup.keys), status, load);
      if (round > 0) results.get(name)?.push(result);
    }
  }
  return Object.fromEntries([...results].map(([name, loads]) => [name, spreadsOf(loads)]));
}

function spreadsOf(results: readonly SampleLoadResult[]): VariantResult {
  return {
    requestsPerSecond: spreadOf(results.map((result) => result.requestsPerSecond)),
    userMicroseconds: spreadOf(results.map((result) => result.userMicroseconds)),
    systemMicroseconds: spreadOf(results.map((result) => result.systemMicroseconds)),
    p99Milliseconds: spreadOf(results.map((result) => result.p99Milliseconds)),
  };
}

type ThroughputSetup = {
  readonly keys: VariantKeys;
  readonly env: Readonly<Record<string, string>>;
};

/**
 * Creates a database with two keys. Returns the keys, and the environment variables of a server with this
 * database.
 */
async function setUpThroughput(workspace: Workspace): Promise<ThroughputSetup> {
  const { db, databaseUrl, masterKey, authSecret } = await workspace.openSite();
  const environment = await makeTestEnvironment(db, false);
  const valid = await makeTestKey(db, masterKey, environment, ["environment:*"]);
  const without = await makeTestKey(db, masterKey, environment, ["environment:deploy"]);
  return {
    keys: { valid: valid.secret, withoutScope: without.secret, unknown: generateKey(false) },
    env: {
      DATABASE_URL: databaseUrl,
      LATCHKEY_MASTER_KEY: masterKey.toString("base64"),
      NEXTAUTH_SECRET: authSecret,
      // Failed attempts are counted as usual, but the limit, which would cause status 429, is never reached.
      LATCHKEY_FAILED_AUTH_PER_MINUTE: "1000000000",
    },
  };
}
