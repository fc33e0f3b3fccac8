import { createEventStreams } from "@/bench/event-streams";
import { generateLoad } from "@/bench/generate-load";
import type { Measure } from "@/bench/measure";
import { createSessionCookie } from "@/bench/session-cookie";
import { formatSpread, median } from "@/bench/statistics";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";

const viewers = 10;
const rounds = 7;
const load = { connections: 32, seconds: 2 };
const path = "/providers/github";

/**
 * Measures how much a dashboard in the same process, with ten open pages of the used key, slows down the API.
 */
export const dashboard: Measure = {
  name: "dashboard",
  needs: ["dashboard"],
  run: async (workspace) => {
    const site = await workspace.openSite();
    const env = { LATCHKEY_LOG_LEVEL: "warn" };
    const apiOnly = await site.start({ env });
    const withDashboard = await site.start({ env: { ...env, LATCHKEY_SERVE: "all" } });
    const environment = await makeTestEnvironment(site.db, false);
    const { secret } = await makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
    const sessions = await Promise.all(Array.from({ length: viewers }, () => createSessionCookie(site)));
    for (const cookie of sessions) {
      const page = `${withDashboard.baseURL}/env/${environment.name}/settings/api-keys`;
      const response = await fetch(page, { headers: { cookie }, redirect: "error" });
      if (response.status !== 200) throw new Error(`The page got status ${response.status}`);
      await response.text();
    }
    const pages = createEventStreams({
      baseURL: withDashboard.baseURL,
      environment: environment.name,
      sessions,
    });
    workspace.addCleanup(pages.close);
    await pages.open(viewers);

    const rates = new Map([apiOnly, withDashboard].map(({ baseURL }) => [baseURL, [] as number[]]));
    for (let round = 0; round <= rounds; round += 1) {
      // The order alternates, so that other load on the machine affects both processes equally.
      for (const [baseURL, samples] of round % 2 === 0 ? rates : [...rates].toReversed()) {
        const { requestsPerSecond } = await generateLoad(baseURL + path, secret, 200, load);
        // The first round is a warm-up.
        if (round > 0) samples.push(requestsPerSecond);
      }
    }
    const [without = [], withViewers = []] = rates.values();
    const ratios = withViewers.map((value, round) => value / (without[round] ?? Number.NaN));
    return [
      {
        title: `requests per second with the dashboard and ${viewers} open pages vs. the API alone`,
        value: median(ratios),
        unit: "times",
        spread: `${formatSpread(ratios)}; ${median(withViewers).toFixed(0)}, ${median(without).toFixed(0)} /s`,
        target: { atLeast: 0.85 },
      },
    ];
  },
};
