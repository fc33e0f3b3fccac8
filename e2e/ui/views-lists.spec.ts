import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { connectGitHub } from "@/e2e/fixtures/connect-github";
import { expect, test } from "@/e2e/fixtures/test";
import type { Environment } from "@/lib/access/environments/model";
import type { Database } from "@/lib/infrastructure/db/client";

test("integrations and connections are found in the side bar, and empty ones say what to do", async ({
  viewerPage: page,
  environment,
}) => {
  await page.goto(`/env/${environment.name}/settings/general`);
  const current = page.locator("[aria-current=page]");
  const main = page.getByRole("navigation", { name: "Main" });
  await main.getByRole("link", { name: "Integrations" }).click();
  await expect(page.getByRole("heading", { name: "Integrations", level: 1 })).toBeVisible();
  await expect(current).toHaveText(["Integrations"]);
  await expect(page.getByText(`No integrations in ${environment.name}`)).toBeVisible();
  await main.getByRole("link", { name: "Connections" }).click();
  await expect(page.getByRole("heading", { name: "Connections", level: 1 })).toBeVisible();
  await expect(current).toHaveText(["Connections"]);
  await expect(page.getByText(`No connections in ${environment.name}`)).toBeVisible();
  await expect(page.getByRole("search")).toHaveCount(0);
});

test("an integration shows its functions and its connections", async ({
  viewerPage: page,
  db,
  masterKey,
  environment,
}) => {
  const { integrationId } = await connectGitHub(db, masterKey, environment, { integration: "code" });
  const definition = JSON.stringify({ description: "Fetches issues" });
  await db.execute(sql`insert into functions (environment_id, integration_id, kind, name, version, definition)
    values (${environment.id}, ${integrationId}, 'sync', 'fetchIssues', '0.0.2', ${definition}::jsonb)`);
  await page.goto(`/env/${environment.name}/integrations`);
  const row = page.getByRole("row").filter({ hasText: "code" });
  await expect(row).toContainText("GitHub");
  await expect(row).toContainText("OAuth 2");
  await row.getByRole("link", { name: "GitHub" }).click();
  await expect(page).toHaveURL(`/env/${environment.name}/integrations/code`);
  await expect(page.getByText("https://api.github.com")).toBeVisible();
  const functions = page.getByRole("region", { name: "Functions" });
  await expect(functions.getByRole("listitem")).toContainText([/fetchIssues.*Sync.*0\.0\.2.*Fetches issues/]);
  await page.getByRole("link", { name: "1 connection" }).click();
  await expect(page).toHaveURL(`/env/${environment.name}/connections?integration=code`);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);
});

const bulk = 120;

/** One connection with people and tags, and many newer ones, the fortieth of which fails. */
async function connectMany(db: Database, masterKey: Buffer, environment: Environment): Promise<void> {
  await connectGitHub(db, masterKey, environment, {
    connection_id: "acme/first",
    end_user: { id: "u1", email: "ann@acme.test" },
    tags: { team: "blue" },
  });
  await db.execute(sql`
    insert into connections (environment_id, integration_id, connection_id, credentials_sealed, refresh_failure)
    select environment_id, integration_id, 'bulk-' || n, '\\x00', case when n = 40 then
      '{"at":"2026-11-24T12:00:00Z","message":"invalid_grant","failures":3}'::jsonb end
    from connections, generate_series(1, ${bulk}) n where environment_id = ${environment.id}`);
}

const connectionRows = (page: Page) => page.getByRole("table").getByRole("row");

test("connections are paged, newest first", async ({ developerPage: page, db, masterKey, environment }) => {
  await connectMany(db, masterKey, environment);
  const path = `/env/${environment.name}/connections`;
  await page.goto(path);
  const rows = connectionRows(page);
  const older = page.getByRole("link", { name: "Older" });
  await expect(page.getByText(`${bulk + 1} connections, newest first`)).toBeVisible();
  await expect(rows).toHaveCount(51);
  await expect(rows.nth(1)).toContainText("bulk-120");
  await older.click();
  await expect(rows.nth(1)).toContainText("bulk-70");
  await older.click();
  await expect(rows).toHaveCount(22);
  await expect(rows.nth(21)).toContainText("acme/first");
  await expect(older).toHaveCount(0);
  await page.goBack();
  await expect(rows.nth(1)).toContainText("bulk-70");
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(page).toHaveURL(path);
});

test("connections are searched and narrowed, all of it in the address", async ({
  developerPage: page,
  db,
  masterKey,
  environment,
}) => {
  test.slow();
  await connectMany(db, masterKey, environment);
  const path = `/env/${environment.name}/connections`;
  await page.goto(path);
  const rows = connectionRows(page);
  const search = page.getByRole("searchbox", { name: "Search" });
  await search.fill("ANN@");
  await search.press("Enter");
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/[?&]q=ANN%40/);
  await page.reload();
  await expect(search).toHaveValue("ANN@");
  await page.getByRole("link", { name: "team=blue" }).click();
  await expect(page).toHaveURL(/tag=team%3Dblue/);
  await expect(page.getByText("1 connection, newest first")).toBeVisible();

  await page.getByRole("link", { name: "Clear" }).click();
  await expect(rows).toHaveCount(51);
  await page.getByRole("combobox", { name: "State" }).selectOption("Refresh failing");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("Refresh failing");
  await page.getByRole("link", { name: "bulk-40" }).click();
  await expect(page.getByText(/could not be refreshed, 3 times in a row/)).toContainText("invalid_grant");

  await page.goto(`${path}?q=unknown`);
  await expect(page.getByText("No connections found")).toBeVisible();
  await page.getByRole("link", { name: "Show all connections" }).click();
  await expect(rows).toHaveCount(51);
});

test("which keys reach what a page shows, counted, named and explained", async ({
  viewerPage: page,
  db,
  masterKey,
  environment,
  apiKey,
}) => {
  await connectGitHub(db, masterKey, environment, { connection_id: "acme" });
  await apiKey(["environment:*"], { displayName: "Everything" });
  await apiKey(["environment:connections:list"], { displayName: "Lister" });
  await apiKey(["environment:integrations:read_credentials"], { displayName: "Reader" });
  await apiKey(["environment:deploy"], { displayName: "Deployer" });
  await page.goto(`/env/${environment.name}/connections`);
  const keys = page.getByRole("list", { name: "Keys that can read this" });
  await page.getByText("2 keys can read these, 1 with credentials").click();
  await expect(keys.getByRole("listitem")).toContainText([
    /Everything.*With credentials.*Never used/,
    /Lister.*Without credentials/,
  ]);
  await page.getByRole("link", { name: "acme" }).click();
  const summary = page.getByText("2 keys can read this, 1 with credentials");
  await summary.focus();
  await page.keyboard.press("Enter");
  await expect(keys.getByRole("link", { name: "Lister" })).toHaveAttribute(
    "href",
    `/env/${environment.name}/settings/api-keys?q=Lister`,
  );
  await page.getByRole("link", { name: "connections:read_credentials" }).click();
  await expect(page).toHaveURL(/settings\/api-keys\/scopes#environment:connections:read_credentials$/);

  await page.goto(`/env/${environment.name}/integrations/github`);
  await expect(page.getByText("2 keys can read this, all with credentials")).toBeVisible();
});

test("what is not there, or is another environment's, is not found", async ({
  adminPage: page,
  db,
  masterKey,
  environment,
  productionEnvironment,
}) => {
  const { connectionId } = await connectGitHub(db, masterKey, productionEnvironment);
  for (const path of [
    `connections/${connectionId}`,
    "connections/0",
    "connections/1e3",
    "integrations/github",
    "integrations/a%2Fb",
  ]) {
    const response = await page.goto(`/env/${environment.name}/${path}`);
    expect([path, response?.status()]).toEqual([path, 404]);
    await expect(page.getByText("Page not found")).toBeVisible();
  }
});

test("the switcher keeps to the list of another environment", async ({
  adminPage: page,
  db,
  masterKey,
  environment,
  productionEnvironment,
}) => {
  const { connectionId } = await connectGitHub(db, masterKey, environment);
  await page.goto(`/env/${environment.name}/connections/${connectionId}`);
  await page.getByRole("button", { name: `Environment ${environment.name}: change` }).click();
  await page.getByRole("menuitem", { name: `${productionEnvironment.name} Production` }).click();
  await expect(page).toHaveURL(`/env/${productionEnvironment.name}/connections`);
});
