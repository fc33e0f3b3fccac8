import { connectGitHub } from "@/e2e/fixtures/connect-github";
import { expect, test } from "@/e2e/fixtures/test";

test("an admin allows a further origin for the proxy, and it is in Activity", async ({
  adminPage: page,
  db,
  masterKey,
  environment,
}) => {
  await connectGitHub(db, masterKey, environment);
  await page.goto(`/env/${environment.name}/integrations/github`);
  await expect(page.getByText("None besides the provider's API.")).toBeVisible();
  const open = page.getByRole("button", { name: "Change origins" });
  await open.click();
  const field = page.getByRole("textbox", { name: "Origins" });
  const save = page.getByRole("button", { name: "Save origins" });
  await field.fill("https://uploads.github.com/path");
  await save.click();
  await expect(page.getByRole("alert").filter({ hasText: "as an origin" })).toBeVisible();
  await field.fill("https://uploads.github.com\nhttps://codeload.github.com/");
  await save.click();
  await expect(field).toBeHidden();
  const main = page.getByRole("main");
  await expect(main.getByText("https://uploads.github.com", { exact: true })).toBeVisible();
  await expect(main.getByText("https://codeload.github.com", { exact: true })).toBeVisible();

  await open.click();
  await expect(field).toHaveValue("https://uploads.github.com\nhttps://codeload.github.com");
  await field.fill("");
  await save.click();
  await expect(page.getByText("None besides the provider's API.")).toBeVisible();

  await page.goto(`/env/${environment.name}/settings/activity`);
  await expect(page.getByText("changed the proxy origins of integration").first()).toBeVisible();
  await expect(
    page.getByText("none → https://uploads.github.com, https://codeload.github.com"),
  ).toBeVisible();
});

test("others see the origins and cannot change them", async ({
  developerPage: page,
  db,
  masterKey,
  environment,
}) => {
  await connectGitHub(db, masterKey, environment);
  await page.goto(`/env/${environment.name}/integrations/github`);
  await expect(page.getByText("Only admins can change them.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Change origins" })).toHaveCount(0);
});
