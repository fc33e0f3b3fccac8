import { callApi } from "@/e2e/fixtures/call-api";
import { cutStreams, setVisibility, watchTable } from "@/e2e/fixtures/live-page";
import { makeTestMember } from "@/e2e/fixtures/members";
import { signIn } from "@/e2e/fixtures/sign-in";
import { expect, test } from "@/e2e/fixtures/test";
import { makeGate } from "./gate";
import { KeysPage } from "./keys-page";
import { givePast } from "./last-use";

const eventsAddress = (environment: string) => `**/internal/env/${environment}/api-keys/events`;
const listAddress = (environment: string) => `**/internal/env/${environment}/api-keys`;
const action = "**/settings/api-keys";

test("two admins see each other's changes and real requests without asking", async ({
  adminPage: page,
  browser,
  server,
  db,
  environment,
  apiKey,
}) => {
  const key = await apiKey(["environment:*"], { displayName: "Shared" });
  const storageState = await signIn(browser, server.baseURL, await makeTestMember(db, "admin"));
  const context = await browser.newContext({ baseURL: server.baseURL, storageState });
  const other = await context.newPage();
  const [mine, theirs] = [new KeysPage(page), new KeysPage(other)];
  await Promise.all([mine.open(environment.name), theirs.open(environment.name)]);
  await expect(mine.updates).toHaveText("Live");
  await expect(theirs.updates).toHaveText("Live");
  const asked: string[] = [];
  other.on("request", (request) => request.url().includes("/env/") && asked.push(request.url()));

  await mine.startCreating();
  await mine.nameField.fill("Made by one");
  await page.getByRole("radio", { name: "Full access" }).check();
  await mine.submit.click();
  await expect(theirs.row("Made by one")).toContainText("Full access");
  await expect(other.getByText("Created: Made by one")).toBeVisible();
  await mine.dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Close without copying" }).click();

  await mine.startEditing("Made by one");
  await mine.nameField.fill("Renamed by one");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(theirs.row("Renamed by one")).toBeVisible();
  await expect(other.getByText("Renamed: Renamed by one")).toBeVisible();

  await expect(theirs.row("Shared")).toContainText("Never used");
  expect(
    (await callApi(server.baseURL, { method: "GET", path: "/connections", key: key.secret })).status,
  ).toBe(200);
  await expect(theirs.row("Shared")).toContainText("GET /connections");
  await expect(mine.row("Shared")).toContainText("GET /connections");

  await mine.startDeleting("Renamed by one");
  await mine.deletion.getByRole("button", { name: "Delete API Key" }).click();
  await expect(theirs.row("Renamed by one")).toHaveCount(0);
  await expect(other.getByText("Deleted: Renamed by one")).toBeVisible();
  expect(asked).toEqual([]);
  await context.close();
});

test("a use draws its own cell anew and nothing else", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
  server,
}) => {
  const used = await apiKey(["environment:*"], { displayName: "Used" });
  const idle = await apiKey(["environment:mcp"], { displayName: "Idle" });
  // Old enough that their own words do not tick meanwhile.
  await givePast(db, used.id, { usedSecondsAgo: 7200 });
  await givePast(db, idle.id, { usedSecondsAgo: 7200 });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(keys.updates).toHaveText("Live");
  const changes = await watchTable(page);
  await callApi(server.baseURL, { method: "GET", path: "/integrations", key: used.secret });
  await expect(keys.row("Used")).toContainText("GET /integrations");
  expect(new Set(await changes())).toEqual(new Set(["Used: tint", "Used: cell 3"]));
});

test("when the stream is cut it says so, asks again and again, and is live again by itself", async ({
  browser,
  server,
  db,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"], { displayName: "First" });
  const member = await makeTestMember(db, "admin");
  const storageState = await signIn(browser, server.baseURL, member);
  const context = await browser.newContext({ baseURL: server.baseURL, storageState });
  const page = await context.newPage();
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(keys.updates).toHaveText("Live");
  await page.route(eventsAddress(environment.name), (route) => route.abort());
  await cutStreams(db, member);
  await expect(keys.updates).toHaveText("Live updates paused, retrying");
  await apiKey(["environment:mcp"], { displayName: "Polled" });
  await expect(keys.row("Polled")).toBeVisible();
  await expect(keys.updates).toHaveText("Live updates paused, retrying");
  await page.unroute(eventsAddress(environment.name));
  await expect(keys.updates).toHaveText("Live", { timeout: 30_000 });
  await page.route(listAddress(environment.name), (route) => route.abort());
  await apiKey(["environment:mcp"], { displayName: "Told" });
  await expect(keys.row("Told")).toBeVisible();
  await context.close();
});

test("a stream that ends in time is followed by another, and nobody need know", async ({
  browser,
  server,
  db,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"]);
  const member = await makeTestMember(db, "admin");
  const storageState = await signIn(browser, server.baseURL, member);
  const context = await browser.newContext({ baseURL: server.baseURL, storageState });
  const page = await context.newPage();
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(keys.updates).toHaveText("Live");
  const words = await keys.updates.evaluateHandle((corner) => {
    const seen: (string | null)[] = [];
    new MutationObserver(() => seen.push(corner.textContent)).observe(corner, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return seen;
  });
  const again = page.waitForRequest(eventsAddress(environment.name));
  await cutStreams(db, member);
  await again;
  await apiKey(["environment:mcp"], { displayName: "Told" });
  await expect(keys.row("Told")).toBeVisible();
  expect(await words.jsonValue()).toEqual([]);
  await context.close();
});

test("a hidden tab has no stream, and catches up when it is seen again", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"]);
  const keys = new KeysPage(page);
  const opened = page.waitForRequest(eventsAddress(environment.name));
  await keys.open(environment.name);
  await expect(keys.updates).toHaveText("Live");
  const closed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/events"));
  await setVisibility(page, "hidden");
  expect((await closed).url()).toBe((await opened).url());
  await apiKey(["environment:mcp"], { displayName: "Meanwhile" });
  await setVisibility(page, "visible");
  await expect(keys.row("Meanwhile")).toBeVisible();
  await expect(keys.updates).toHaveText("Live");
});

test("what we are changing stays as we want it while others change it too", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  const key = await apiKey(["environment:*"], { displayName: "Before" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(keys.updates).toHaveText("Live");
  const gate = makeGate();
  await page.route(action, async (route) => {
    await gate.opened;
    await route.abort();
  });
  await keys.startEditing("Before");
  await keys.nameField.fill("Ours");
  await page.getByRole("button", { name: "Save changes" }).click();
  const names = page.locator("tbody th");
  await expect(names).toHaveText(["Ours"]);
  await db.execute(`update api_keys set display_name = 'Theirs' where id = ${key.id}`);
  await apiKey(["environment:mcp"], { displayName: "Another" });
  await expect(names).toHaveText(["Ours", "Another"]);
  gate.open();
  // Ours never arrived.
  await expect(names).toHaveText(["Theirs", "Another"]);
});

test("a key that somebody else deletes while its dialog is open leaves the dialog in order", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"]);
  const edited = await apiKey(["environment:mcp"], { displayName: "Edited" });
  const unwanted = await apiKey(["environment:mcp"], { displayName: "Unwanted" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(keys.updates).toHaveText("Live");

  await keys.startEditing("Edited");
  await db.execute(`delete from api_keys where id = ${edited.id}`);
  await expect(keys.dialog.getByText("This key was deleted by someone else")).toBeVisible();
  await keys.nameField.fill("Too late");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(keys.dialog.getByRole("alert")).toContainText("This key no longer exists");
  await page.keyboard.press("Escape");
  await expect(keys.dialog).toBeHidden();

  await keys.startDeleting("Unwanted");
  await db.execute(`delete from api_keys where id = ${unwanted.id}`);
  await expect(keys.deletion.getByText("This key was already deleted by someone else")).toBeVisible();
  await expect(keys.deletion.getByRole("button", { name: "Delete API Key" })).toHaveCount(0);
  await keys.deletion.getByRole("button", { name: "Close" }).click();
  await expect(keys.deletion).toBeHidden();
});

test("a deletion and new scopes are said to be in force everywhere once they are", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"]);
  await apiKey(["environment:mcp"], { displayName: "Short-lived" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await keys.startEditing("Short-lived");
  await keys.scope("environment:deploy").check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Short-lived is saved" })).toContainText(
    "New scopes applied",
  );

  await keys.startDeleting("Short-lived");
  await expect(keys.deletion).toContainText("It stops working within a second");
  await keys.deletion.getByRole("button", { name: "Delete API Key" }).click();
  const said = page.getByRole("listitem").filter({ hasText: "Short-lived is deleted" });
  await expect(said).toContainText("Revoking the key…");
  await expect(said).toContainText("The key no longer works");
  await expect(page.getByText("A deleted key stops working within a second")).toBeVisible();
});
