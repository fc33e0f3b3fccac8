import { expect, test } from "@/e2e/fixtures/test";
import { allowClipboard, readClipboard } from "./clipboard";
import { makeGate } from "./gate";
import { KeysPage } from "./keys-page";

const badNames = [
  ["nothing", "", "Enter a display name"],
  ["blanks", "   ", "Enter a display name"],
  ["256 characters", "x".repeat(256), "At most 255 characters"],
  ["a bidirectional override", "abc\u202etxt", "Remove invisible characters"],
  ["a name that is taken", "taken", "Another key in this environment has this name"],
] as const;

test("an invalid name shows an error beside the field, with the focus in it", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:mcp"], { displayName: "Taken" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await keys.startCreating();
  await page.getByRole("radio", { name: "Full access" }).check();
  for (const [what, name, message] of badNames) {
    await test.step(what, async () => {
      await keys.nameField.fill(name);
      await keys.submit.click();
      await expect(keys.nameField).toHaveAccessibleDescription(message);
      await expect(keys.nameField).toHaveAttribute("aria-invalid", "true");
      await expect(keys.nameField).toBeFocused();
    });
  }
  await keys.nameField.fill("x".repeat(255));
  await expect(keys.nameField).toHaveAttribute("aria-invalid", "false");
  await page.keyboard.press("Enter");
  await expect(keys.dialog.getByRole("button", { name: "Copy key" })).toBeVisible();
  await expect(keys.dialog).toContainText(`${"x".repeat(255)} is ready`);
});

test("Custom with nothing ticked cannot be submitted, and says why", async ({
  adminPage: page,
  environment,
}) => {
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await keys.startCreating();
  await keys.nameField.fill("Nothing");
  await expect(page.getByRole("radio", { name: "Custom permissions" })).toBeChecked();
  await expect(keys.submit).toBeDisabled();
  await expect(keys.dialog).toContainText("This key can do nothing yet. Select at least one scope");
  await page.keyboard.press("Enter");
  await expect(keys.dialog.getByRole("alert")).toHaveText("Choose at least one scope");
  await expect(page.getByRole("searchbox", { name: "Find a scope" })).toBeFocused();
  await keys.scope("environment:proxy").check();
  await expect(keys.submit).toBeEnabled();
  await expect(keys.dialog.getByRole("alert")).toHaveCount(0);
});

test("the dialog stays until the server has answered, and asks before an uncopied key is left", async ({
  adminPage: page,
  environment,
}) => {
  const keys = new KeysPage(page);
  await allowClipboard(page);
  await keys.open(environment.name);
  await keys.startCreating();
  await keys.nameField.fill("Slow");
  await page.getByRole("radio", { name: "Full access" }).check();
  const answer = makeGate();
  await page.route("**/settings/api-keys", async (route) => {
    await answer.opened;
    await route.continue();
  });
  await keys.submit.click();
  const busy = keys.dialog.getByRole("button", { name: "Creating" });
  await expect(busy).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(busy).toBeVisible();
  answer.open();

  await expect(keys.dialog.getByRole("heading", { name: "Slow is ready" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(keys.dialog.getByRole("alert")).toHaveText("You have not copied this key yet. Close anyway?");
  await expect(page.getByRole("button", { name: "Keep open" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Done" })).toBeVisible();
  await keys.dialog.getByRole("button", { name: "Copy .env" }).click();
  const secret = (await readClipboard(page)).replace(
    `NANGO_SECRET_KEY_${environment.name.toUpperCase()}=`,
    "",
  );
  expect(secret).toMatch(/^lk_test_[0-9A-Za-z]{49}$/);
  await page.keyboard.press("Escape");
  await expect(keys.dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Create API Key" })).toBeFocused();
});

test("the snippets hold the key and this address when copied, and the mask when looked at", async ({
  adminPage: page,
  server,
  environment,
}) => {
  const keys = new KeysPage(page);
  await allowClipboard(page);
  await keys.open(environment.name);
  await keys.startCreating();
  await keys.nameField.fill("Snippets");
  await page.getByRole("button", { name: "Local Development" }).click();
  await keys.submit.click();
  await keys.dialog.getByRole("button", { name: "Copy key" }).click();
  const secret = await readClipboard(page);
  await expect(keys.dialog).not.toContainText(secret);
  const expected = {
    curl: `curl ${server.baseURL}/connections \\\n  -H "Authorization: Bearer ${secret}"`,
    "Node client": `import { Nango } from '@nangohq/node';\n\nconst nango = new Nango({\n  host: '${server.baseURL}',\n  secretKey: '${secret}',\n});`,
    CLI: `NANGO_HOSTPORT=${server.baseURL} \\\nNANGO_SECRET_KEY=${secret} \\\nnpx nango deploy ${environment.name}`,
  };
  for (const [name, text] of Object.entries(expected)) {
    await keys.dialog.getByRole("button", { name: `Copy ${name}` }).click();
    await expect.poll(() => readClipboard(page)).toBe(text);
  }
  await keys.dialog.getByRole("button", { name: "Show key" }).click();
  await expect(keys.dialog.getByRole("region", { name: "curl" })).toContainText(secret);
  await keys.dialog.getByRole("button", { name: "Hide key" }).click();
  await expect(keys.dialog).not.toContainText(secret);
});

test("of two admins who give the same name at once, one gets an error", async ({
  adminPage,
  browser,
  server,
  sessionOf,
  environment,
}) => {
  const storageState = await sessionOf("admin");
  const pages = await Promise.all(
    ["one", "other"].map(async () => {
      const context = await browser.newContext({ baseURL: server.baseURL, storageState });
      const keys = new KeysPage(await context.newPage());
      await keys.open(environment.name);
      await keys.startCreating();
      await keys.nameField.fill("Same");
      await keys.page.getByRole("button", { name: "CI/CD Deploy" }).click();
      return keys;
    }),
  );
  await Promise.all(pages.map((keys) => keys.submit.click()));
  const outcomes = await Promise.all(
    pages.map(async (keys) => {
      const made = keys.dialog.getByRole("heading", { name: "Same is ready" });
      const refused = keys.dialog.getByText("Another key in this environment has this name");
      await made.or(refused).waitFor();
      return (await made.isVisible()) ? "made" : "refused";
    }),
  );
  expect(outcomes.sort()).toEqual(["made", "refused"]);
  const list = new KeysPage(adminPage);
  await list.open(environment.name);
  await expect(list.row("Same")).toHaveCount(1);
  await Promise.all(pages.map((keys) => keys.page.context().close()));
});

test("the 51st key is rejected with a message", async ({ adminPage: page, environment, apiKey }) => {
  for (let made = 0; made < 50; made += 1) await apiKey(["environment:mcp"]);
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(page.getByText("50 keys, 50 at most")).toBeVisible();
  await keys.startCreating();
  await keys.nameField.fill("One too many");
  await page.getByRole("button", { name: "CI/CD Deploy" }).click();
  await keys.submit.click();
  const error = keys.dialog.getByRole("alert");
  await expect(error).toHaveText(/An environment can have at most 50 keys/);
  await expect(error).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(keys.row("One too many")).toHaveCount(0);
});
