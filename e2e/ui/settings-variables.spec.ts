import { testActor } from "@/e2e/fixtures/actor";
import { callApi } from "@/e2e/fixtures/call-api";
import { expect, test } from "@/e2e/fixtures/test";
import { createVariable } from "@/lib/functions/variables/lifecycle";

const value = "first line\nsecond line of a s3cret";

test("a variable is added, revealed, copied, changed and deleted, and a key reads it", async ({
  developerPage: page,
  environment,
  apiKey,
  server,
}) => {
  const { secret } = await apiKey(["environment:config:read"]);
  const read = async () =>
    (await callApi(server.baseURL, { path: "/environment-variables", key: secret })).body;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/env/${environment.name}/settings/variables`);
  await page.getByRole("button", { name: "Add variable" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("1 NOT A NAME");
  await dialog.getByRole("textbox", { name: "Value" }).fill(value);
  await dialog.getByRole("button", { name: "Add variable" }).click();
  await expect(dialog.getByRole("textbox", { name: "Name" })).toBeFocused();
  await dialog.getByRole("textbox", { name: "Name" }).fill("GREETING");
  await dialog.getByRole("button", { name: "Add variable" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await read()).toEqual([{ name: "GREETING", value }]);

  const row = page.getByRole("row").filter({ hasText: "GREETING" });
  const revealed = page.waitForResponse((response) => response.request().method() === "POST");
  await row.getByRole("button", { name: "Show value" }).click();
  expect((await revealed).headers()["cache-control"]).toContain("no-store");
  await expect(row.getByRole("textbox", { name: "Value of GREETING" })).toHaveValue(value);
  await row.getByRole("button", { name: "Hide value" }).click();
  await expect(row.getByRole("textbox")).toHaveCount(0);
  await row.getByRole("button", { name: "Copy value" }).click();
  await expect(row.getByRole("status")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);

  await row.getByRole("button", { name: "Change" }).click();
  await dialog.getByRole("textbox", { name: "Value" }).fill("changed");
  await dialog.getByRole("button", { name: "Change value" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await read()).toEqual([{ name: "GREETING", value: "changed" }]);

  await row.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete variable" }).click();
  await expect(page.getByText("No variables yet.")).toBeVisible();
  expect(await read()).toEqual([]);
});

test("those who may not reveal see names only, and no page holds a value", async ({
  viewerPage,
  developerPage,
  adminPage,
  environment,
  productionEnvironment,
  db,
  masterKey,
}) => {
  for (const place of [environment, productionEnvironment]) {
    const values = { name: "GREETING", value: "a-s3cret-value" };
    await createVariable(db, masterKey, place, testActor, values);
  }
  for (const [page, place, canReveal] of [
    [viewerPage, environment, false],
    [developerPage, productionEnvironment, false],
    [developerPage, environment, true],
    [adminPage, productionEnvironment, true],
  ] as const) {
    const response = await page.goto(`/env/${place.name}/settings/variables`);
    expect(await response?.text()).not.toContain("a-s3cret-value");
    await expect(page.getByRole("row").filter({ hasText: "GREETING" })).toContainText("Hidden");
    await expect(page.getByRole("button", { name: "Show value" })).toHaveCount(canReveal ? 1 : 0);
    await expect(page.getByRole("button", { name: "Add variable" })).toHaveCount(canReveal ? 1 : 0);
  }
});
