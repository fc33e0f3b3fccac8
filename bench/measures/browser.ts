import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "@playwright/test";
import type { Measure } from "@/bench/measure";
import { formatSpread, quantile } from "@/bench/statistics";
import { makeTestEnvironment, makeTestKey, type TestKey } from "@/e2e/fixtures/api-key";
import { openKeepAliveClient } from "@/e2e/fixtures/keep-alive-client";
import { makeTestMember } from "@/e2e/fixtures/members";
import { writeSession } from "@/e2e/fixtures/session";

const keyCount = 10;
const samplesPerKey = 5;

/** Requested alternately, so that each request changes the text of the cell and not only its time. */
const routes = [
  { path: "/providers/github", cellText: "GET /providers/{provider}" },
  { path: "/integrations", cellText: "GET /integrations" },
] as const;

/**
 * Measures the time from a request to one process until the Last used cell changes in a browser on another
 * process.
 */
export const browser: Measure = {
  name: "browser",
  needs: ["dashboard", "browser"],
  run: async (workspace) => {
    const site = await workspace.openSite();
    const [api, dashboard] = await Promise.all([
      site.start(),
      site.start({ env: { LATCHKEY_SERVE: "all" } }),
    ]);
    const environment = await makeTestEnvironment(site.db, false);
    const keys = await Promise.all(
      Array.from({ length: keyCount }, () =>
        makeTestKey(site.db, site.masterKey, environment, ["environment:*"]),
      ),
    );
    const chromium = await workspace.openBrowser();
    const member = await makeTestMember(site.db, "admin");
    const issuer = { baseURL: dashboard.baseURL, authSecret: site.authSecret };
    const storageState = await writeSession(issuer, member);
    const context = await chromium.newContext({ baseURL: dashboard.baseURL, storageState });
    const page = await context.newPage();
    await page.goto(`/env/${environment.name}/settings/api-keys`);
    await page.getByRole("rowheader").first().waitFor();
    const client = openKeepAliveClient(api.baseURL);
    workspace.addCleanup(client.close);

    const latencies: number[] = [];
    async function sample(key: TestKey, number: number): Promise<void> {
      const { path, cellText } = routes[number % 2 === 0 ? 0 : 1];
      const changed = waitForCellText(page, key.displayName, cellText);
      // Awaited below. Until then a rejection must not count as unhandled.
      changed.catch(() => {});
      // Spreads the requests over the interval of the usage writer.
      await wait(Math.random() * 1500);
      const started = Date.now();
      const status = await client.statusOf(path, key.secret);
      if (status !== 200) throw new Error(`Expected status 200, got ${status}`);
      latencies.push((await changed) - started);
    }
    await Promise.all(
      keys.map(async (key) => {
        for (let number = 0; number < samplesPerKey; number += 1) await sample(key, number);
      }),
    );
    const spread = formatSpread(latencies);
    return [
      {
        title: "request until the cell changes in a browser on another process, p50",
        value: quantile(latencies, 0.5),
        unit: "ms",
        spread,
        target: null,
      },
      {
        title: "request until the cell changes in a browser on another process, p95",
        value: quantile(latencies, 0.95),
        unit: "ms",
        spread,
        target: { atMost: 1500 },
      },
    ];
  },
};

/** Waits until the row of that name contains a text. Returns the time in milliseconds since 1970. */
function waitForCellText(page: Page, name: string, text: string): Promise<number> {
  return page.evaluate(
    ([rowName, expectedText]) =>
      new Promise<number>((resolve) => {
        // No named functions here: tsx wraps them in a helper that does not exist in the browser.
        const observer = new MutationObserver(() => {
          for (const row of document.querySelectorAll("tr")) {
            if (!row.querySelector("th")?.textContent?.includes(rowName)) continue;
            if (!row.textContent?.includes(expectedText)) continue;
            observer.disconnect();
            resolve(Date.now());
          }
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    [name, text] as const,
  );
}
