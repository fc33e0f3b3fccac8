import { callApi } from "@/e2e/fixtures/call-api";
import { watchTable } from "@/e2e/fixtures/live-page";
import { makeTestMember } from "@/e2e/fixtures/members";
import { expect, test } from "@/e2e/fixtures/test";
import { makeGate } from "./gate";
import { actionAddress, KeysPage } from "./keys-page";
import { givePast } from "./last-use";

test("two admins see each other's changes and real requests without asking", async ({
  adminPage: page,
  server,
  openPageOf,
  db,
  environment,
  apiKey,
}) => {
  const key = await apiKey(["environment:*"], { displayName: "Shared" });
  const other = await openPageOf(await makeTestMember(db, "admin"));
  const [mine, theirs] = [new KeysPage(page), new KeysPage(other)];
  await Promise.all([mine.openLive(environment.name), theirs.openLive(environment.name)]);
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
  await keys.openLive(environment.name);
  const changes = await watchTable(page);
  await callApi(server.baseURL, { method: "GET", path: "/integrations", key: used.secret });
  await expect(keys.row("Used")).toContainText("GET /integrations");
  expect(new Set(await changes())).toEqual(new Set(["Used: tint", "Used: cell 3"]));
});

test("what we are changing stays as we want it while others change it too", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  const key = await apiKey(["environment:*"], { displayName: "Before" });
  const keys = new KeysPage(page);
  await keys.openLive(environment.name);
  const gate = makeGate();
  await page.route(actionAddress, async (route) => {
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

test("a key that another admin deletes while its dialog is open leaves the dialog in order", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"]);
  const edited = await apiKey(["environment:mcp"], { displayName: "Edited" });
  const unwanted = await apiKey(["environment:mcp"], { displayName: "Unwanted" });
  const keys = new KeysPage(page);
  await keys.openLive(environment.name);

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
