import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures/test";
import { KeysPage } from "./keys-page";

const controls = ["Show key", "Copy key", "Edit", "Delete", "Create API Key"];

async function expectNoControls(page: Page): Promise<void> {
  for (const name of controls) await expect(page.getByRole("button", { name })).toHaveCount(0);
}

test("a viewer sees keys, scopes and last use, and why there is nothing to press", async ({
  viewerPage: page,
  environment,
  apiKey,
}) => {
  const { displayName } = await apiKey(["environment:deploy"]);
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(keys.row(displayName)).toContainText("CI/CD Deploy");
  await expect(page.getByText("Your role is viewer")).toBeVisible();
  await expectNoControls(page);
});

test("a developer manages keys, but on production only looks", async ({
  developerPage: page,
  environment,
  productionEnvironment,
  apiKey,
}) => {
  const { displayName } = await apiKey(["environment:deploy"]);
  await apiKey(["environment:deploy"], { displayName: "Live", environment: productionEnvironment });
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await keys.row(displayName).getByRole("button", { name: "Show key" }).click();
  await expect(keys.row(displayName).getByRole("textbox")).toHaveValue(/^lk_test_/);
  await keys.open(productionEnvironment.name);
  await expect(keys.row("Live")).toContainText(/lk_live_…/);
  await expect(page.getByText("This is a production environment: only admins")).toBeVisible();
  await expectNoControls(page);
});
