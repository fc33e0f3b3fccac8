import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "@playwright/test";
import type { Measure } from "@/bench/measure";
import { formatSpread, quantile } from "@/bench/statistics";
import { makeTestEnvironment, makeTestKey, type TestKey } from "@/e2e/fixtures/api-key";
import { openClient } from "@/e2e/fixtures/keep-alive-client";
import { makeTestMember } from "@/e2e/fixtures/members";
import { signIn } from "@/e2e/fixtures/sign-in";

const keys = 10;
const samplesPerKey = 5;

/** Asked for in turn, so that each use changes the words in the cell and not only its time. */
const asked = [
  { path: "/providers/github", words: "GET /providers/{provider}" },
  { path: "/integrations", words: "GET /integrations" },
] as const;

/** From a request to one process until the cell has changed in a browser that has the page open on another. */
export const browser: Measure = {
  name: "browser",
  needs: ["dashboard", "browser"],
  run: async (workplace) => {
    const site = await workplace.openSite();
    const [api, dashboard] = await Promise.all([
      site.start(),
      site.start({ env: { LATCHKEY_SERVE: "all" } }),
    ]);
    const environment = await makeTestEnvironment(site.db, false);
    const made = await Promise.all(
      Array.from({ length: keys }, () =>
        makeTestKey(site.db, site.masterKey, environment, ["environment:*"]),
      ),
    );
    const chromium = await workplace.openBrowser();
    const member = await makeTestMember(site.db, "admin");
    const storageState = await signIn(chromium, dashboard.baseURL, member);
    const context = await chromium.newContext({ baseURL: dashboard.baseURL, storageState });
    const page = await context.newPage();
    await page.goto(`/env/${environment.name}/settings/api-keys`);
    await page.getByRole("rowheader").first().waitFor();
    const client = openClient(api.baseURL);
    workplace.addCleanup(client.close);

    const latencies: number[] = [];
    async function sample(key: TestKey, number: number): Promise<void> {
      const { path, words } = asked[number % 2 === 0 ? 0 : 1];
      const changed = cellChange(page, key.displayName, words);
      changed.catch(() => {});
      // Requests begin at all moments of the writers' second.
      await wait(Math.random() * 1500);
      const started = Date.now();
      const status = await client.statusOf(path, key.secret);
      if (status !== 200) throw new Error(`Answered with ${status}`);
      latencies.push((await changed) - started);
    }
    await Promise.all(
      made.map(async (key) => {
        for (let number = 0; number < samplesPerKey; number += 1) await sample(key, number);
      }),
    );
    const spread = formatSpread(latencies);
    return [
      {
        what: "request to the changed cell in a browser on another process, p50",
        value: quantile(latencies, 0.5),
        unit: "ms",
        spread,
        target: null,
      },
      {
        what: "request to the changed cell in a browser on another process, p95",
        value: quantile(latencies, 0.95),
        unit: "ms",
        spread,
        target: { atMost: 1500 },
      },
    ];
  },
};

/** When, in milliseconds since 1970, the row of that name first says these words. */
function cellChange(page: Page, name: string, words: string): Promise<number> {
  return page.evaluate(
    ([rowName, wanted]) =>
      new Promise<number>((resolve) => {
        // No function with a name in here: its text goes to the browser, without what the compiler adds around it.
        const observer = new MutationObserver(() => {
          for (const row of document.querySelectorAll("tr")) {
            if (!row.querySelector("th")?.textContent?.includes(rowName)) continue;
            if (!row.textContent?.includes(wanted)) continue;
            observer.disconnect();
            resolve(Date.now());
          }
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    [name, words] as const,
  );
}
