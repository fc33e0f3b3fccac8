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

/** Does anything slow down when there are a thousand times as many keys? */
export const size: Measure = {
  name: "size",
  needs: ["dashboard"],
  run: async (workplace) => {
    const small = await workplace.openSite();
    const large = await workplace.openSite();
    workplace.logProgress(`making ${sizes.large} keys`);
    await fillKeys(small.sql, sizes.small);
    await fillKeys(large.sql, sizes.large);
    const places = { small: await setUpSize(small, sizes.small), large: await setUpSize(large, sizes.large) };

    const taken: Record<Kind, Record<keyof typeof places, number[][]>> = {
      lookup: { small: [], large: [] },
      list: { small: [], large: [] },
      scopes: { small: [], large: [] },
    };
    for (let round = 0; round <= rounds; round += 1) {
      for (const name of ["small", "large"] as const) {
        for (const kind of kinds) {
          const times = await timesOf(
            kind === "lookup" ? lookupsPerRound : pagesPerRound,
            places[name][kind],
          );
          // The first round fills what any process fills once: caches, plans, compiled code.
          if (round > 0) taken[kind][name].push(times);
        }
      }
    }
    return [
      ...compare("cold look-up, p99", taken.lookup, 0.99, 1.5),
      ...compare("cold look-up, p50", taken.lookup, 0.5, 1.5),
      ...compare("data of the API Keys page of an environment with 50 keys, p50", taken.list, 0.5, 1.5),
      ...compare("scopes page, p50", taken.scopes, 0.5, 1.5),
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
  if (environment === null) throw new Error("no environment");
  const lookup = createKeyLookup(site.db);
  const scopesPage = `${process.baseURL}/env/${environment.name}/settings/api-keys/scopes`;
  return {
    lookup: async () => {
      const known = await lookup(sha256(`key ${1 + Math.floor(Math.random() * keys)}`));
      if (known === null) throw new Error("A key that was made is not found");
    },
    list: async () => {
      const { keys: listed } = await readApiKeyList(site.db, environment, "admin");
      if (listed.length !== keysOnPage) throw new Error(`${listed.length} keys listed`);
    },
    scopes: async () => {
      const response = await fetch(scopesPage, { headers: { cookie }, redirect: "error" });
      if (response.status !== 200) throw new Error(`The scopes page answered ${response.status}`);
      await response.text();
    },
  };
}

/** Milliseconds that each of so many takes. */
async function timesOf(number: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let time = 0; time < number; time += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times;
}

function compare(
  what: string,
  taken: { readonly small: readonly number[][]; readonly large: readonly number[][] },
  part: number,
  atMost: number,
): Finding[] {
  const small = taken.small.map((times) => quantile(times, part));
  const large = taken.large.map((times) => quantile(times, part));
  return [
    {
      what: `${what}: with 1,000,000 keys, of that with 1,000`,
      value: median(large) / median(small),
      unit: "times",
      spread: `${formatSpread(small)}, ${formatSpread(large)} (ms)`,
      target: { atMost },
    },
  ];
}

/** As the look-up knows a key. */
function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
