import { expect, test } from "@/e2e/fixtures/test";
import { auditOf } from "./audit";
import { makeGate } from "./gate";
import { KeysPage } from "./keys-page";
import { givePast } from "./last-use";

const action = "**/settings/api-keys";

test("an edit says what is gained and lost, and is noted as two changes", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:deploy", "environment:mcp"], { displayName: "Before" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await keys.startEditing("Before");
  await expect(keys.nameField).toHaveValue("Before");
  await expect(keys.dialog.getByText("Adds")).toHaveCount(0);
  await keys.scope("environment:connections:read_credentials").check();
  await keys.scope("environment:mcp").uncheck();
  const gains = keys.dialog.getByRole("term").filter({ hasText: "Adds" }).locator("..");
  const loses = keys.dialog.getByRole("term").filter({ hasText: "Removes" }).locator("..");
  await expect(gains).toContainText("environment:connections:read_credentials");
  await expect(gains).toContainText(/environment:connections:read(?!_)/);
  await expect(loses).toContainText("environment:mcp");
  await keys.nameField.fill("After");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(keys.dialog).toBeHidden();
  await expect(keys.row("After")).toContainText("CI/CD Deploy + 1");
  await expect(keys.row("After").getByRole("button", { name: "Edit" })).toBeFocused();
  await page.reload();
  await expect(keys.row("After")).toContainText("CI/CD Deploy + 1");
  expect(await auditOf(db, environment)).toEqual([
    { action: "api_key.rename", subject: "After" },
    { action: "api_key.change_scopes", subject: "After" },
  ]);
});

test("an edit is shown at once and reverted when it fails", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:mcp"], { displayName: "Mine" });
  await apiKey(["environment:mcp"], { displayName: "Theirs" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  const gate = makeGate();
  await page.route(action, async (route) => {
    await gate.opened;
    await route.continue();
  });
  await keys.startEditing("Mine");
  await keys.nameField.fill("theirs");
  await page.getByRole("button", { name: "Save changes" }).click();
  // Behind the dialog the list is hidden from roles, not from eyes.
  await expect(page.locator("tbody th").filter({ hasText: /^theirs$/ })).toBeVisible();
  gate.open();
  await expect(keys.nameField).toHaveAccessibleDescription("Another key in this environment has this name");
  await expect(page.locator("tbody th").filter({ hasText: /^Mine$/ })).toBeVisible();
});

test("a key that nothing uses is deleted after one question, which starts on Cancel", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"], { displayName: "Full" });
  await apiKey(["environment:mcp"], { displayName: "Unused" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await keys.startDeleting("Unused");
  await expect(keys.deletion.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(keys.deletion).toContainText("was never used");
  await expect(keys.deletion.getByRole("textbox")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(keys.deletion).toBeHidden();
  await expect(keys.row("Unused").getByRole("button", { name: "Delete" })).toBeFocused();
  await keys.startDeleting("Unused");
  await keys.deletion.getByRole("button", { name: "Delete API Key" }).click();
  await expect(keys.row("Unused")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "API Keys", level: 1 })).toBeFocused();
});

test("a key in use and the last Full access key want their name typed", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  const busy = await apiKey(["environment:mcp"], { displayName: "Busy" });
  await givePast(db, busy.id, { usedSecondsAgo: 12 });
  await apiKey(["environment:*"], { displayName: "Last full" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await keys.startDeleting("Busy");
  await expect(keys.deletion).toContainText(
    /was last used \d+ s ago with GET \/connections by node client 0.70.1/,
  );
  const remove = keys.deletion.getByRole("button", { name: "Delete API Key" });
  await expect(remove).toBeDisabled();
  await keys.deletion.getByRole("textbox").fill("busy");
  await expect(remove).toBeDisabled();
  await keys.deletion.getByRole("textbox").fill("Busy");
  await expect(remove).toBeEnabled();
  await page.keyboard.press("Escape");
  await keys.startDeleting("Last full");
  await expect(keys.deletion).toContainText("the last key of this environment with Full access");
  await expect(remove).toBeDisabled();
  await keys.deletion.getByRole("textbox").fill("Last full");
  await remove.click();
  await expect(keys.row("Last full")).toHaveCount(0);
  await expect(keys.row("Busy")).toBeVisible();
});

test("a deletion that fails stays open with the reason, and the row comes back", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"]);
  await apiKey(["environment:mcp"], { displayName: "Stays" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  const gate = makeGate();
  await page.route(action, async (route) => {
    await gate.opened;
    await route.abort();
  });
  await keys.startDeleting("Stays");
  await keys.deletion.getByRole("button", { name: "Delete API Key" }).click();
  const name = page.locator("tbody th").filter({ hasText: "Stays" });
  await expect(name).toHaveCount(0);
  gate.open();
  await expect(keys.deletion.getByRole("alert")).toContainText("The server did not answer");
  await expect(name).toBeVisible();
  await page.unroute(action);
  await keys.deletion.getByRole("button", { name: "Delete API Key" }).click();
  await expect(keys.deletion).toBeHidden();
  await expect(keys.row("Stays")).toHaveCount(0);
});
