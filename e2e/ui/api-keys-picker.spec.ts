import { expect, test } from "@/e2e/fixtures/test";
import { allScopes, includedScope, scopeGroups } from "@/lib/access/scopes/catalog";
import { KeysPage } from "./keys-page";

test.beforeEach(async ({ adminPage: page, environment }) => {
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await keys.startCreating();
});

test("offers every scope by its exact name, in ten groups", async ({ adminPage: page }) => {
  const keys = new KeysPage(page);
  for (const scope of allScopes) await expect(keys.scope(scope)).not.toBeChecked();
  for (const { name } of scopeGroups)
    await expect(page.getByRole("group", { name, exact: true })).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(allScopes.length + scopeGroups.length);
});

test("a credentials scope ticks and locks the plain one", async ({ adminPage: page }) => {
  const keys = new KeysPage(page);
  for (const scope of allScopes) {
    const plain = includedScope(scope);
    if (plain === null) continue;
    await keys.scope(scope).check();
    await expect(keys.scope(plain)).toBeChecked();
    await expect(keys.scope(plain)).toBeDisabled();
    await expect(keys.scope(plain)).toHaveAccessibleDescription(
      new RegExp(`included by ${scope.split(":").at(-1)}`),
    );
    await keys.scope(plain).focus();
    await page.keyboard.press("Space");
    await expect(keys.scope(plain)).toBeChecked();
    await keys.scope(scope).uncheck();
    await expect(keys.scope(plain)).not.toBeChecked();
    await expect(keys.scope(plain)).toBeEnabled();
  }
});

test("a group's box shows none, some and all, and counts", async ({ adminPage: page }) => {
  const keys = new KeysPage(page);
  const group = page.getByRole("group", { name: "Syncs", exact: true });
  const box = page.getByRole("checkbox", { name: "All of Syncs" });
  await expect(group).toContainText("0/3");
  await keys.scope("environment:syncs:read").check();
  await expect(box).toHaveAttribute("aria-checked", "mixed");
  await expect(group).toContainText("1/3");
  await box.click();
  await expect(box).toBeChecked();
  for (const name of ["read", "execute", "manage"])
    await expect(keys.scope(`environment:syncs:${name}`)).toBeChecked();
  await box.click();
  await expect(group).toContainText("0/3");
});

test("a profile fills the boxes; a change afterwards shows as its name and a count", async ({
  adminPage: page,
}) => {
  const keys = new KeysPage(page);
  const profile = page.getByRole("button", { name: "Backend Service" });
  await profile.click();
  await expect(profile).toHaveAttribute("aria-pressed", "true");
  await expect(keys.dialog).toContainText("Backend Service · 5 of 21");
  await keys.scope("environment:connections:read_credentials").check();
  await expect(profile).toHaveAttribute("aria-pressed", "false");
  await expect(keys.dialog).toContainText("Backend Service + 1 · 6 of 21");
  await expect(keys.dialog).toContainText(
    "This key can read single connections with their tokens, trigger and pause syncs, read records, trigger actions, and call external APIs through the proxy. It cannot change integrations or connections, deploy, or list connections: connection IDs stay secret.",
  );
});

test("a visit to Full access keeps the ticks", async ({ adminPage: page }) => {
  const keys = new KeysPage(page);
  await keys.scope("environment:proxy").check();
  await page.getByRole("radio", { name: "Full access" }).check();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Local Development" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(keys.dialog).toContainText("This key can do everything in this environment, now and later.");
  await page.getByRole("radio", { name: "Custom permissions" }).check();
  await expect(keys.scope("environment:proxy")).toBeChecked();
  await expect(keys.dialog).toContainText("1 of 21");
});

test("advises against listing connections, and only then", async ({ adminPage: page }) => {
  const keys = new KeysPage(page);
  const advice = page.getByRole("note");
  await keys.scope("environment:connections:read").check();
  await expect(advice).toHaveCount(0);
  await keys.scope("environment:connections:list").check();
  await expect(advice).toContainText("Without it, connection IDs act as connection-specific secrets");
  await keys.scope("environment:connections:list").uncheck();
  await expect(advice).toHaveCount(0);
});

test("finds scopes, and ticks a pasted list", async ({ adminPage: page }) => {
  const keys = new KeysPage(page);
  const search = page.getByRole("searchbox", { name: "Find a scope" });
  await search.fill("credentials connection");
  await expect(page.getByRole("checkbox", { name: /^environment:/ })).toHaveCount(4);
  await search.fill("nothing of the kind");
  await expect(keys.dialog).toContainText("No scope matches “nothing of the kind”.");
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
  await expect(keys.dialog).toBeVisible();

  await search.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData(
      "text/plain",
      "environment:deploy\nenvironment:mcp, records:read\nenvironment:recrods:read",
    );
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(keys.dialog.getByRole("status").filter({ hasText: "selected" })).toHaveText(
    "3 scopes of the list are selected. Unknown: environment:recrods:read.",
  );
  for (const scope of ["environment:deploy", "environment:mcp", "environment:records:read"]) {
    await expect(keys.scope(scope)).toBeChecked();
  }
  await expect(search).toHaveValue("");
});

test("works by keyboard alone", async ({ adminPage: page }) => {
  const keys = new KeysPage(page);
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: "Custom permissions" })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: "Full access" })).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Custom permissions" })).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Auth (Connect UI)" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(keys.scope("environment:deploy")).toBeChecked();
  await page.getByRole("searchbox", { name: "Find a scope" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("checkbox", { name: "All of Integrations" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(keys.scope("environment:integrations:list")).toBeChecked();
  await page.keyboard.press("End");
  await expect(keys.scope("environment:mcp")).toBeFocused();
  await keys.nameField.focus();
  await page.keyboard.press("Enter");
  await expect(keys.dialog.getByRole("heading", { name: "By keyboard is ready" })).toBeVisible();
});
