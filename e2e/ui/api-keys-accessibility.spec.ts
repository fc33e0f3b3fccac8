import { expectAccessibleIn, type Look, prepareForAxe } from "@/e2e/fixtures/accessibility";
import { test as base, expect } from "@/e2e/fixtures/test";
import { allowClipboard } from "./clipboard";
import { KeysPage } from "./keys-page";
import { givePast } from "./last-use";

const looks = [
  { theme: "light", width: 320 },
  { theme: "dark", width: 320 },
  { theme: "dark", width: 1440 },
  { theme: "light", width: 1440 },
] as const satisfies readonly Look[];

const test = base.extend<{
  /** The page of an environment with a key in use, one that has expired and one that was never used. */
  readonly keys: KeysPage;
}>({
  keys: async ({ adminPage: page, db, environment, apiKey }, use) => {
    const busy = await apiKey(["environment:*"], { displayName: "Busy" });
    const expired = await apiKey(["environment:connections:list"], { displayName: "Expired" });
    await apiKey(["environment:mcp"], { displayName: "Unused" });
    await givePast(db, busy.id, { usedSecondsAgo: 5 });
    await givePast(db, expired.id, { usedSecondsAgo: 90_000, expiredSecondsAgo: 10 });
    await prepareForAxe(page);
    const keys = new KeysPage(page);
    await keys.open(environment.name);
    await use(keys);
  },
});

test("the list of keys", async ({ keys: { page } }) => {
  await expectAccessibleIn(page, looks);
});

test("a key that is shown", async ({ keys }) => {
  const secret = keys.row("Unused").getByRole("textbox");
  await keys.row("Unused").getByRole("button", { name: "Show key" }).click();
  await expect(secret).toBeVisible();
  await expectAccessibleIn(keys.page, looks);
  await expect(secret).toBeVisible();
});

test("a search that finds no key", async ({ keys: { page } }) => {
  await page.getByRole("searchbox", { name: "Search keys" }).fill("no such key");
  await expect(page.getByRole("heading", { name: "No keys found" })).toBeVisible();
  await expectAccessibleIn(page, looks);
});

test("the dialogs to edit and to delete a key", async ({ keys }) => {
  await keys.startEditing("Unused");
  await keys.scope("environment:connections:list_credentials").check();
  await expectAccessibleIn(keys.page, looks);
  await keys.page.keyboard.press("Escape");
  await expect(keys.dialog).toBeHidden();

  await keys.startDeleting("Busy");
  await expectAccessibleIn(keys.page, looks);
  await expect(keys.deletion).toBeVisible();
});

test("the dialog to create a key, with an error, with the new key and before it is left", async ({
  keys,
}) => {
  const { page } = keys;
  await allowClipboard(page);
  await keys.startCreating();
  await page.getByRole("radio", { name: "Full access" }).check();
  await keys.submit.click();
  await expect(keys.nameField).toHaveAttribute("aria-invalid", "true");
  await expectAccessibleIn(page, looks);
  await keys.nameField.fill("New");
  await page.getByRole("button", { name: "Backend Service" }).click();
  await keys.submit.click();
  await keys.dialog.getByRole("button", { name: "Show key" }).click();
  await expectAccessibleIn(page, looks);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Keep open" })).toBeFocused();
  await expectAccessibleIn(page, looks);
});

test("the page of the scopes", async ({ keys: { page }, environment }) => {
  await page.goto(`/env/${environment.name}/settings/api-keys/scopes`);
  await expect(page.getByRole("heading", { name: "Scope reference", level: 1 })).toBeVisible();
  await expectAccessibleIn(page, looks);
});
