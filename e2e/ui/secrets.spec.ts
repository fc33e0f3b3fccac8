import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { callApi } from "@/e2e/fixtures/call-api";
import { expect, test } from "@/e2e/fixtures/test";
import type { Database } from "@/lib/infrastructure/db/client";
import { allowClipboard, readClipboard } from "./clipboard";
import { KeysPage } from "./keys-page";

/**
 * Everything that reaches a page from now on, as text. The answers are fetched on its behalf, since a browser may have
 * dropped a body by the time it is asked for.
 */
async function recordAnswers(page: Page): Promise<readonly string[]> {
  const answers: string[] = [];
  await page.route("**/*", async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    answers.push(await response.text());
    await route.fulfill({ response });
  });
  return answers;
}

/** Every row of every table of the product, as text; bytes are hexadecimal. */
async function dumpDatabase(db: Database): Promise<string> {
  const tables = await db.execute<{ name: string }>(
    sql`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => db.execute<{ row: string }>(sql.raw(`select t::text as row from ${name} t`))),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .join("\n");
}

// Answers that are still on their way when a test ends are dropped.
test.afterEach(({ adminPage }) => adminPage.unrouteAll({ behavior: "ignoreErrors" }));

/** The ways in which a secret could stand somewhere. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString("hex"), bytes.toString("base64").replace(/=+$/, ""), secret.slice(8, 40)];
}

test("no secret is in the page, its payloads, the list, the log or the database", async ({
  adminPage: page,
  server,
  db,
  environment,
  apiKey,
}) => {
  await allowClipboard(page);
  const planted = [
    await apiKey(["environment:*"], { displayName: "Planted full" }),
    await apiKey(["environment:connections:read_credentials"], { displayName: "Planted custom" }),
  ];
  const answers = await recordAnswers(page);
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  for (const { displayName } of planted) await expect(keys.row(displayName)).toBeVisible();
  await page.waitForResponse(/\/internal\/env\/.*\/api-keys$/);
  const list = await page.request.get(`/internal/env/${environment.name}/api-keys`);
  expect(list.status()).toBe(200);
  expect(list.headers()["cache-control"]).toBe("no-store");

  // Used well, used wrongly, edited and deleted: nothing of it may write a key down.
  const [full, custom] = planted.map(({ secret }) => secret);
  await callApi(server.baseURL, { path: "/connections", key: full ?? "" });
  await callApi(server.baseURL, { path: "/connections", key: custom ?? "" });
  await callApi(server.baseURL, { path: "/connections", key: `${full?.slice(0, -1)}` });
  await callApi(server.baseURL, { path: `/connections?search=${full}`, key: full ?? "" });
  await keys.startEditing("Planted custom");
  await keys.nameField.fill("Planted and renamed");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(keys.row("Planted and renamed")).toContainText(/\d s ago/, { timeout: 10_000 });
  await page.reload();
  await expect(keys.row("Planted and renamed")).toBeVisible();

  const places = {
    "what the browser received": answers.join("\n"),
    "the page": await page.content(),
    "the list": await list.text(),
    "what the browser keeps": JSON.stringify([
      await page.context().storageState(),
      await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }, history.state, location.href]),
    ]),
    "the log": readFileSync(server.logFile, "utf8"),
    "the database": await dumpDatabase(db),
  };
  expect(places["what the browser received"]).toContain("Planted and renamed");
  expect(places["the page"]).toContain("Planted and renamed");
  expect(places["the list"]).toContain("Planted custom");
  expect(places["the log"]).toContain("Latchkey is running");
  expect(places["the database"]).toContain("Planted and renamed");
  for (const [place, text] of Object.entries(places)) {
    for (const { secret } of planted) {
      for (const form of formsOf(secret)) {
        expect(text.includes(form), `${place} holds a secret`).toBe(false);
      }
    }
  }
});

test("a secret travels only in the answers to creating and revealing, one key at a time", async ({
  adminPage: page,
  server,
  db,
  environment,
  apiKey,
}) => {
  await allowClipboard(page);
  const shown = await apiKey(["environment:mcp"], { displayName: "Shown" });
  const other = await apiKey(["environment:mcp"], { displayName: "Other" });
  const answers = await recordAnswers(page);
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await keys.row("Shown").getByRole("button", { name: "Show key" }).click();
  await expect(keys.row("Shown").getByRole("textbox")).toHaveValue(shown.secret);
  await keys.startCreating();
  await keys.nameField.fill("Created here");
  await page.getByRole("button", { name: "CI/CD Deploy" }).click();
  await keys.submit.click();
  await keys.dialog.getByRole("button", { name: "Copy key" }).click();
  const created = await readClipboard(page);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(keys.row("Created here")).toBeVisible();

  const holding = (secret: string) => answers.filter((text) => text.includes(secret)).length;
  expect(holding(shown.secret)).toBe(1);
  expect(holding(created)).toBe(1);
  expect(holding(other.secret)).toBe(0);
  expect(await page.content()).not.toContain(created);
  const log = readFileSync(server.logFile, "utf8");
  const database = await dumpDatabase(db);
  for (const form of [shown.secret, created].flatMap(formsOf)) {
    expect(log.includes(form) || database.includes(form)).toBe(false);
  }
});
