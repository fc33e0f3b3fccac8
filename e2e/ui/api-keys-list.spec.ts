import { expect, test } from "@/e2e/fixtures/test";
import { KeysPage } from "./keys-page";
import { givePast } from "./last-use";

test.describe("a list with a past", () => {
  test.beforeEach(async ({ db, apiKey, adminPage, environment }) => {
    const full = await apiKey(["environment:*"], { displayName: "Alpha" });
    const busy = await apiKey(["environment:connections:read_credentials"], { displayName: "bravo 10" });
    const quiet = await apiKey(["environment:deploy"], { displayName: "Bravo 9" });
    const never = await apiKey(["environment:mcp"], { displayName: "Zulu" });
    await givePast(db, full.id, { createdDaysAgo: 4, usedSecondsAgo: 7200 });
    await givePast(db, busy.id, { createdDaysAgo: 3, usedSecondsAgo: 5 });
    await givePast(db, quiet.id, { createdDaysAgo: 2, usedSecondsAgo: 6 * 86_400 });
    await givePast(db, never.id, { createdDaysAgo: 1 });
    await new KeysPage(adminPage).open(environment.name);
  });

  test("sorts by any column, says so, and keeps it in the address", async ({ adminPage: page }) => {
    const keys = new KeysPage(page);
    const header = (name: string) => page.getByRole("columnheader", { name });
    expect(await keys.names()).toEqual(["Alpha", "bravo 10", "Bravo 9", "Zulu"]);
    await expect(header("Created")).toHaveAttribute("aria-sort", "ascending");
    await header("Name").getByRole("button").click();
    await expect.poll(() => keys.names()).toEqual(["Alpha", "Bravo 9", "bravo 10", "Zulu"]);
    await expect(header("Name")).toHaveAttribute("aria-sort", "ascending");
    await expect(header("Created")).toHaveAttribute("aria-sort", "none");
    await header("Last used").getByRole("button").click();
    await header("Last used").getByRole("button").click();
    await expect.poll(() => keys.names()).toEqual(["bravo 10", "Alpha", "Bravo 9", "Zulu"]);
    await expect(header("Last used")).toHaveAttribute("aria-sort", "descending");
    await expect(page).toHaveURL(/\?sort=-last_used$/);
    await page.reload();
    await expect.poll(() => keys.names()).toEqual(["bravo 10", "Alpha", "Bravo 9", "Zulu"]);
  });

  test("searches by name, scope and last four, filters, and keeps it in the address", async ({
    adminPage: page,
  }) => {
    const keys = new KeysPage(page);
    const search = page.getByRole("searchbox", { name: "Search keys" });
    await search.pressSequentially("bravo", { delay: 5 });
    await expect.poll(() => keys.names()).toEqual(["bravo 10", "Bravo 9"]);
    await expect(page.getByText("2 shown · 4 keys, 50 at most")).toBeVisible();
    await search.fill("environment:connections:read");
    await expect.poll(() => keys.names()).toEqual(["Alpha", "bravo 10"]);
    await search.fill("");
    const mask = await keys.row("Zulu").getByRole("code").textContent();
    await search.fill(mask?.slice(-4) ?? "");
    await expect.poll(() => keys.names()).toContain("Zulu");
    await search.fill("");
    await page.getByRole("button", { name: "Quiet 1" }).click();
    await expect.poll(() => keys.names()).toEqual(["Bravo 9"]);
    await expect(page.getByRole("button", { name: "Quiet 1" })).toHaveAttribute("aria-pressed", "true");
    await search.fill("zulu");
    await expect(page.getByRole("heading", { name: "No keys found" })).toBeVisible();
    await expect(page).toHaveURL(/\?q=zulu&show=quiet$/);
    await page.reload();
    await expect(search).toHaveValue("zulu");
    await page.getByRole("button", { name: "Show all keys" }).click();
    await expect.poll(() => keys.names()).toHaveLength(4);
    await expect(search).toHaveValue("");
    await expect(page.getByRole("button", { name: "In use 2" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Never used 1" })).toBeVisible();
  });

  test("says when, with what and whether in use; the exact times on focus", async ({ adminPage: page }) => {
    const keys = new KeysPage(page);
    const row = keys.row("bravo 10");
    await expect(row).toContainText("GET /connections · node client 0.70.1");
    await expect(row).toContainText("In use");
    await expect(keys.row("Bravo 9")).toContainText("6 d ago");
    await expect(keys.row("Bravo 9")).toContainText("Quiet");
    await expect(keys.row("Zulu")).toContainText("Never used");
    const time = row.locator("time").first();
    await expect(time).toHaveAttribute("datetime", /^\d{4}-\d\d-\d\dT.*Z$/);
    await expect(time).toHaveText(/^\d+ s ago$/);
    const before = await time.textContent();
    await expect(time).not.toHaveText(before ?? "");

    await row.getByRole("button", { name: /s ago$/ }).focus();
    const tip = page.getByRole("tooltip");
    await expect(tip).toContainText(/UTC\s*\d+ \w{3} \d{4}, \d\d:\d\d:\d\d UTC/);
    await expect(tip).toContainText("from 10.0.0.12");
    await row
      .getByRole("button", { name: "1 of 21 scopes" })
      .or(row.getByRole("button", { name: "2 of 21 scopes" }))
      .focus();
    await expect(tip).toContainText("environment:connections:read_credentials");
  });
});

test("a wrong clock in the browser shows no wrong age", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  const { id, displayName } = await apiKey(["environment:mcp"]);
  await givePast(db, id, { usedSecondsAgo: 600 });
  await page.clock.install({ time: Date.now() - 3 * 3_600_000 });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(keys.row(displayName)).toContainText("10 min ago");
});

test("an expired key says so and can be filtered", async ({ adminPage: page, db, environment, apiKey }) => {
  const { id, displayName } = await apiKey(["environment:mcp"]);
  await apiKey(["environment:mcp"]);
  await givePast(db, id, { usedSecondsAgo: 5, expiredSecondsAgo: 120 });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(keys.row(displayName)).toContainText("Expired");
  await page.getByRole("button", { name: "Expired 1" }).click();
  await expect.poll(() => keys.names()).toEqual([displayName]);
});

test("rows stay where they are while the pointer is among them", async ({
  adminPage: page,
  server,
  db,
  environment,
  apiKey,
}) => {
  const first = await apiKey(["environment:mcp"], { displayName: "First" });
  const second = await apiKey(["environment:mcp"], { displayName: "Second" });
  await givePast(db, first.id, { usedSecondsAgo: 100 });
  await givePast(db, second.id, { usedSecondsAgo: 200 });
  const keys = new KeysPage(page);
  await keys.open(environment.name, "?sort=-last_used");
  expect(await keys.names()).toEqual(["First", "Second"]);
  await keys.row("Second").hover();
  const headers = { authorization: `Bearer ${second.secret}` };
  expect((await fetch(`${server.baseURL}/connections`, { headers })).status).toBe(403);
  await expect(keys.row("Second")).toContainText(/\d s ago/);
  expect(await keys.names()).toEqual(["First", "Second"]);
  await page.mouse.move(0, 0);
  await expect.poll(() => keys.names()).toEqual(["Second", "First"]);
});

test("at 320 px every row is a card and nothing scrolls sideways", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  const { id, displayName } = await apiKey(["environment:*"], {
    displayName: "A rather long name ".repeat(13).trim(),
  });
  await givePast(db, id, { usedSecondsAgo: 5 });
  await page.setViewportSize({ width: 320, height: 640 });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBe(0);
  const row = keys.row(displayName);
  for (const name of ["Show key", "Copy key", "Edit", "Delete"]) {
    const box = await row.getByRole("button", { name, exact: true }).boundingBox();
    expect(box?.x).toBeGreaterThan(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(320);
  }
  await expect(page.getByRole("columnheader", { name: "Last used" })).toBeVisible();
  await row.getByRole("button", { name: "Show key" }).click();
  await expect(row.getByRole("textbox")).toBeVisible();
  expect(await overflow()).toBe(0);
  await keys.startEditing(displayName);
  const body = keys.dialog.locator("form > div").first();
  await page.getByRole("radio", { name: "Custom permissions" }).check();
  expect(await body.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
});
