import { expect, test } from "@/e2e/fixtures/test";
import { auditOf } from "./audit";
import { allowClipboard, denyClipboard, readClipboard } from "./clipboard";
import { KeysPage } from "./keys-page";

test("shows one key on request, hides it again, and both are noted", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  const { displayName, secret } = await apiKey(["environment:mcp"]);
  await apiKey(["environment:mcp"], { displayName: "Other" });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  const row = keys.row(displayName);
  const show = row.getByRole("button", { name: "Show key" });
  await expect(show).toHaveAccessibleDescription(displayName);
  await expect(show).toHaveAttribute("aria-pressed", "false");
  await show.click();
  const hide = row.getByRole("button", { name: "Hide key" });
  await expect(hide).toHaveAttribute("aria-pressed", "true");
  const text = row.getByRole("textbox", { name: `Secret of ${displayName}` });
  await expect(text).toHaveValue(secret);
  await expect(text).toHaveAttribute("autocomplete", "off");
  await expect(text).toHaveAttribute("data-1p-ignore");
  await text.focus();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(secret);
  await expect(keys.row("Other").getByRole("textbox")).toHaveCount(0);
  await hide.click();
  await expect(text).toHaveCount(0);
  await expect(show).toBeVisible();
  expect(await auditOf(db, environment)).toEqual([{ action: "api_key.reveal", subject: displayName }]);
});

test("hides a shown key after 30 seconds", async ({ adminPage: page, environment, apiKey }) => {
  const { displayName } = await apiKey(["environment:mcp"]);
  const keys = new KeysPage(page);
  await page.clock.install();
  await keys.open(environment.name);
  const row = keys.row(displayName);
  await row.getByRole("button", { name: "Show key" }).click();
  await expect(row.getByRole("textbox")).toBeVisible();
  await page.clock.fastForward(28_000);
  await expect(row.getByRole("textbox")).toBeVisible();
  await page.clock.fastForward(3000);
  await expect(row.getByRole("textbox")).toHaveCount(0);
});

for (const [what, leave] of [
  [
    "the window loses the focus",
    () => {
      window.dispatchEvent(new Event("blur"));
    },
  ],
  [
    "the tab is hidden",
    () => {
      Object.defineProperty(document, "hidden", { configurable: true, value: true });
      document.dispatchEvent(new Event("visibilitychange"));
    },
  ],
] as const) {
  test(`hides a shown key when ${what}`, async ({ adminPage: page, environment, apiKey }) => {
    const { displayName, secret } = await apiKey(["environment:mcp"]);
    const keys = new KeysPage(page);
    await keys.open(environment.name);
    const row = keys.row(displayName);
    await row.getByRole("button", { name: "Show key" }).click();
    await expect(row.getByRole("textbox")).toHaveValue(secret);
    await page.evaluate(leave);
    await expect(row.getByRole("textbox")).toHaveCount(0);
    expect(await page.content()).not.toContain(secret);
  });
}

test("keeps a key hidden that arrives after the window lost the focus", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  const { displayName, secret } = await apiKey(["environment:mcp"]);
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  const row = keys.row(displayName);
  const show = row.getByRole("button", { name: "Show key" });
  await page.evaluate(() => {
    document.hasFocus = () => false;
  });
  // The browser does not keep the body of a streamed response, so the test fetches it for the page.
  let received = "";
  await page.route("**/settings/api-keys", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const response = await route.fetch();
    received = await response.text();
    return route.fulfill({ response, body: received });
  });
  await show.click();
  await expect.poll(() => received).toContain(secret);
  await expect(show).not.toHaveAttribute("aria-busy");
  await expect(row.getByRole("textbox")).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);
});

test("copies without showing, says so for two seconds, and it is noted as copied", async ({
  adminPage: page,
  db,
  environment,
  apiKey,
}) => {
  const { displayName, secret } = await apiKey(["environment:mcp"]);
  const keys = new KeysPage(page);
  await allowClipboard(page);
  await keys.open(environment.name);
  const row = keys.row(displayName);
  await row.getByRole("button", { name: "Copy key" }).click();
  const said = row.getByRole("status");
  await expect(said).toHaveText("Copied");
  expect(await readClipboard(page)).toBe(secret);
  await expect(row.getByRole("textbox")).toHaveCount(0);
  await expect(said).toHaveText("");
  expect(await auditOf(db, environment)).toEqual([{ action: "api_key.copy", subject: displayName }]);
});

test("where copying is not allowed, selects the key and says so", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  const { displayName, secret } = await apiKey(["environment:mcp"]);
  const keys = new KeysPage(page);
  await denyClipboard(page);
  await keys.open(environment.name);
  const row = keys.row(displayName);
  await row.getByRole("button", { name: "Copy key" }).click();
  await expect(row.getByRole("alert")).toContainText("Your browser blocked copying. The key is selected");
  await expect(row.getByRole("textbox")).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(secret);
  await expect(row.getByText("Copied")).toHaveCount(0);
});

test("says in the row when the secret did not come, and shows it on the next try", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  const { displayName } = await apiKey(["environment:mcp"]);
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await page.route("**/settings/api-keys", (route) => route.abort());
  const row = keys.row(displayName);
  await row.getByRole("button", { name: "Show key" }).click();
  await expect(row.getByRole("alert")).toContainText("The server did not answer");
  await page.unroute("**/settings/api-keys");
  await row.getByRole("button", { name: "Show key" }).click();
  await expect(row.getByRole("textbox")).toBeVisible();
});
