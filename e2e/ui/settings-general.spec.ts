import { randomBytes } from "node:crypto";
import { expect, test } from "@/e2e/fixtures/test";

const newName = () => `n-${randomBytes(5).toString("hex")}`;

test("an admin creates, renames, marks and deletes an environment", async ({
  adminPage: page,
  environment,
}) => {
  const [name, renamed] = [newName(), newName()];
  await page.goto(`/env/${environment.name}/settings/general`);
  await page.getByRole("button", { name: "Create environment" }).click();
  const dialog = page.getByRole("dialog");
  for (const [bad, sentence] of [
    ["", "Enter a name"],
    ["Not A Slug", "Use lowercase letters, digits and hyphens, with no hyphen at the start or end"],
    [environment.name, "Another environment has this name"],
  ] as const) {
    await dialog.getByRole("textbox", { name: "Name" }).fill(bad);
    await dialog.getByRole("button", { name: "Create environment" }).click();
    await expect(dialog.getByRole("alert")).toHaveText(sentence);
    await expect(dialog.getByRole("textbox", { name: "Name" })).toBeFocused();
  }
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Create environment" }).click();
  await expect(page).toHaveURL(`/env/${name}/settings/api-keys`);
  await expect(page.getByText("Default - Full access").first()).toBeVisible();

  await page.getByRole("link", { name: "General" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(renamed);
  await page.getByRole("checkbox", { name: "Production" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(`/env/${renamed}/settings/general`);
  await expect(page.getByRole("button", { name: `Environment ${renamed}: change` })).toContainText(
    "Production",
  );
  await expect(page.getByRole("checkbox", { name: "Production" })).toBeChecked();

  await page.getByRole("button", { name: "Delete environment" }).click();
  await dialog.getByRole("textbox", { name: `Type ${renamed} to confirm` }).fill(name);
  await dialog.getByRole("button", { name: "Delete environment" }).click();
  await expect(dialog.getByRole("alert")).toHaveText(`Type ${renamed} to confirm`);
  await dialog.getByRole("textbox", { name: `Type ${renamed} to confirm` }).fill(renamed);
  await dialog.getByRole("button", { name: "Delete environment" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith(`/env/${renamed}/`));
  expect((await page.goto(`/env/${renamed}/settings/general`))?.status()).toBe(404);
});

test("others read it, with the reason", async ({ developerPage: page, environment }) => {
  await page.goto(`/env/${environment.name}/settings/general`);
  await expect(page.getByText("Only admins can change environments. You are a developer.")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /environment$/ })).toHaveCount(0);
});
