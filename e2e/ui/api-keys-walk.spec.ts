import { callApi } from "@/e2e/fixtures/call-api";
import { expect, test } from "@/e2e/fixtures/test";
import { allowClipboard, readClipboard } from "./clipboard";
import { KeysPage } from "./keys-page";

for (const name of ["dev", "prod"]) {
  test(`${name} comes with its Full access key`, async ({ adminPage }) => {
    const keys = new KeysPage(adminPage);
    await keys.open(name);
    const row = keys.row("Default - Full access");
    await expect(row).toContainText(name === "prod" ? /lk_live_…\w{4}/ : /lk_test_…\w{4}/);
    await expect(row).toContainText("Full access");
  });
}

test("a key is made, copied, refused by its scopes, watched and deleted", async ({
  adminPage: page,
  server,
  environment,
}) => {
  const keys = new KeysPage(page);
  await allowClipboard(page);
  await keys.open(environment.name);
  await keys.startCreating();
  await expect(keys.nameField).toBeFocused();
  await keys.nameField.fill("CI Deploy Key");
  await page.getByRole("radio", { name: "Custom permissions" }).check();
  await page.getByRole("button", { name: "CI/CD Deploy" }).click();
  await keys.submit.click();
  await keys.dialog.getByRole("button", { name: "Copy key" }).click();
  const secret = await readClipboard(page);
  expect(secret).toMatch(/^lk_test_[0-9A-Za-z]{49}$/);
  await page.getByRole("button", { name: "Done" }).click();
  const row = keys.row("CI Deploy Key");
  await expect(row).toContainText("CI/CD Deploy");
  await expect(row).toContainText("Never used");

  const refused = await callApi(server.baseURL, { path: "/connections", key: secret });
  expect(refused.status).toBe(403);
  expect(refused.body).toMatchObject({
    error: { code: "forbidden", required_scope: "environment:connections:list" },
  });
  await expect(row.getByText(/^\d+ s ago$/)).toBeVisible({ timeout: 10_000 });
  await expect(row).toContainText("GET /connections");
  await expect(row).toContainText("In use");
  await expect(row.locator("[data-just-used]")).toBeAttached();

  await keys.startEditing("CI Deploy Key");
  await keys.scope("environment:connections:list").check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(keys.dialog).toBeHidden();
  await expect(row).toContainText("CI/CD Deploy + 1");
  expect((await callApi(server.baseURL, { path: "/connections", key: secret })).status).toBe(200);

  await keys.startDeleting("CI Deploy Key");
  await keys.deletion.getByRole("textbox").fill("CI Deploy Key");
  await keys.deletion.getByRole("button", { name: "Delete API Key" }).click();
  await expect(keys.deletion).toBeHidden();
  await expect(row).toHaveCount(0);
  const gone = await callApi(server.baseURL, { path: "/connections", key: secret });
  expect(gone.status).toBe(401);
  expect(gone.body).toMatchObject({ error: { code: "unknown_account" } });
});

test("a revealed, copied or edited key has still not been used", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  const { displayName } = await apiKey(["environment:mcp"]);
  const keys = new KeysPage(page);
  await allowClipboard(page);
  await keys.open(environment.name);
  const row = keys.row(displayName);
  await row.getByRole("button", { name: "Show key" }).click();
  await row.getByRole("button", { name: "Hide key" }).click();
  await row.getByRole("button", { name: "Copy key" }).click();
  await expect(row.getByRole("status")).toHaveText("Copied");
  await keys.startEditing(displayName);
  await keys.scope("environment:deploy").check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(row).toContainText("CI/CD Deploy + 1");
  await page.reload();
  await expect(row).toContainText("Never used");
});
