import { eventStreams } from "@/bench/event-streams";
import { generateLoad } from "@/bench/generate-load";
import type { Measure } from "@/bench/measure";
import { createSessionCookie } from "@/bench/session-cookie";
import { formatSpread, median } from "@/bench/statistics";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";

const people = 10;
const rounds = 7;
const load = { connections: 32, seconds: 2 };
const path = "/providers/github";

/** What it costs the API that the dashboard is in its process, with ten people looking at the page of the used key. */
export const dashboard: Measure = {
  name: "dashboard",
  needs: ["dashboard"],
  run: async (workplace) => {
    const site = await workplace.openSite();
    const env = { LATCHKEY_LOG_LEVEL: "warn" };
    const alone = await site.start({ env });
    const both = await site.start({ env: { ...env, LATCHKEY_SERVE: "all" } });
    const environment = await makeTestEnvironment(site.db, false);
    const { secret } = await makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
    const sessions = await Promise.all(Array.from({ length: people }, () => createSessionCookie(site)));
    for (const cookie of sessions) {
      const page = `${both.baseURL}/env/${environment.name}/settings/api-keys`;
      const response = await fetch(page, { headers: { cookie }, redirect: "error" });
      if (response.status !== 200) throw new Error(`The page answered ${response.status}`);
      await response.text();
    }
    const pages = eventStreams({ baseURL: both.baseURL, environment: environment.name, sessions });
    workplace.addCleanup(pages.close);
    await pages.open(people);

    const rates = new Map([alone, both].map(({ baseURL }) => [baseURL, [] as number[]]));
    for (let round = 0; round <= rounds; round += 1) {
      // Which comes first changes: the machine's other work falls on both alike.
      for (const [baseURL, found] of round % 2 === 0 ? rates : [...rates].toReversed()) {
        const { requestsPerSecond } = await generateLoad(baseURL + path, secret, 200, load);
        // In the first round the compiler sees the code.
        if (round > 0) found.push(requestsPerSecond);
      }
    }
    const [without = [], withPeople = []] = rates.values();
    const ratios = withPeople.map((value, round) => value / (without[round] ?? Number.NaN));
    return [
      {
        what: `requests a second with the dashboard and ${people} people on the page, of the API alone`,
        value: median(ratios),
        unit: "times",
        spread: `${formatSpread(ratios)}; ${median(withPeople).toFixed(0)}, ${median(without).toFixed(0)} /s`,
        target: { atLeast: 0.85 },
      },
    ];
  },
};
