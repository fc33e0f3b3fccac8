import { createHash } from "node:crypto";
import { fillKeys, keysOnPage, pageEnvironment } from "@/bench/fill-keys";
import type { Finding, Measure } from "@/bench/measure";
import { createSessionCookie } from "@/bench/session-cookie";
import { formatSpread, median, quantile } from "@/bench/statistics";
import type { Site } from "@/e2e/fixtures/site";
import { readApiKeyList } from "@/lib/access/api-keys/read-list";
import { createKeyLookup } from "@/lib/access/authentication/lookup-store";
import { findEnvironment } from "@/lib/access/environments/store";

const sizes = { small: 1_000, large: 1_000_000 };
const rounds = 7;
const lookupsPerRound = 1_000;
const pagesPerRound = 15;

/** Measures how much slower look-ups and pages are with a thousand times as many keys. */
export const size: Measure = {
  name: "size",
  needs: ["dashboard"],
  run: async (workspace) => {
    const small = await workspace.openSite();
    const large = await workspace.openSite();
    workspace.logProgress(`inserting ${sizes.large} keys`);
    await fillKeys(small.sql, sizes.small);
    await fillKeys(large.sql, sizes.large);
    const setups = { small: await setUpSize(small, sizes.small), large: await setUpSize(large, sizes.large) };

    const durations: Record<Kind, Record<keyof typeof setups, number[][]>> = {
      lookup: { small: [], large: [] },
      list: { small: [], large: [] },
      scopes: { small: [], large: [] },
    };
    for (let round = 0; round <= rounds; round += 1) {
      for (const name of ["small", "large"] as const) {
        for (const kind of kinds) {
          const times = await measureTimes(
            kind === "lookup" ? lookupsPerRound : pagesPerRound,
            setups[name][kind],
          );
          // The first round is a warm-up: caches, query plans, compiled code.
          if (round > 0) durations[kind][name].push(times);
        }
      }
    }
    return [
      ...compare("uncached look-up, p99", durations.lookup, 0.99, 1.5),
      ...compare("uncached look-up, p50", durations.lookup, 0.5, 1.5),
      ...compare("data of the API Keys page of an environment with 50 keys, p50", durations.list, 0.5, 1.5),
      ...compare("scopes page, p50", durations.scopes, 0.5, 1.5),
    ];
  },
};

const kinds = ["lookup", "list", "scopes"] as const;
type Kind = (typeof kinds)[number];
type SizeSetup = Readonly<Record<Kind, () => Promise<unknown>>>;

async function setUpSize(site: Site, keys: number): Promise<SizeSetup> {
  const process = await site.start({ env: { LATCHKEY_SERVE: "all", LATCHKEY_LOG_LEVEL: "warn" } });
  const cookie = await createSessionCookie(site);
  const environment = await findEnvironment(site.db, pageEnvironment);
  if (environment === null) throw new Error("The environment was not created");
  const lookup = createKeyLookup(site.db);
  const scopesPage = `${process.baseURL}/env/${environment.name}/settings/api-keys/scopes`;
  return {
    lookup: async () => {
      const key = await lookup(sha256(`key ${1 + Math.floor(Math.random() * keys)}`));
      if (key === null) throw new Error("An inserted key was not found");
    },
    list: async () => {
      const { keys: listed } = await readApiKeyList(site.db, environment, "admin");
      if (listed.length !== keysOnPage) throw new Error(`Expected ${keysOnPage} keys, got ${listed.length}`);
    },
    scopes: async () => {
      const response = await fetch(scopesPage, { headers: { cookie }, redirect: "error" });
      if (response.status !== 200) throw new Error(`The scopes page got status ${response.status}`);
      await response.text();
    },
  };
}

/** Calls `work` `runs` times, one after the other. Returns the duration of each call in milliseconds. */
async function measureTimes(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times;
}

function compare(
  title: string,
  durations: { readonly small: readonly number[][]; readonly large: readonly number[][] },
  fraction: number,
  atMost: number,
): Finding[] {
  const small = durations.small.map((times) => quantile(times, fraction));
  const large = durations.large.map((times) => quantile(times, fraction));
  return [
    {
      title: `${title}: 1,000,000 keys vs. 1,000 keys`,
      value: median(large) / median(small),
      unit: "times",
      spread: `${formatSpread(small)}, ${formatSpread(large)} (ms)`,
      target: { atMost },
    },
  ];
}

/** Returns the hash by which the look-up finds a key, in hexadecimal. */
function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
