import { expect, test } from "@/e2e/fixtures/test";
import { allScopes } from "@/lib/access/scopes/catalog";
import { cliRequirements, profiles } from "@/lib/access/scopes/profiles";
import { allowClipboard, readClipboard } from "./clipboard";
import { KeysPage } from "./keys-page";

test("every scope is listed with the routes it opens, and can be copied and linked to", async ({
  viewerPage: page,
  environment,
}) => {
  await allowClipboard(page);
  await new KeysPage(page).open(environment.name);
  await page.getByRole("link", { name: "Scope reference" }).click();
  await expect(page.getByRole("heading", { name: "Scope reference", level: 1 })).toBeVisible();
  for (const scope of allScopes) {
    await expect(page.getByRole("button", { name: `Copy ${scope}`, exact: true })).toHaveCount(1);
  }
  for (const { name } of profiles) await expect(page.getByRole("heading", { name })).toBeVisible();
  for (const { command } of cliRequirements)
    await expect(page.getByText(command, { exact: true })).toBeVisible();

  const list = page.getByRole("listitem").filter({
    has: page.getByRole("button", { name: "Copy environment:connections:list_credentials", exact: true }),
  });
  await expect(list).toContainText("GET/connections");
  await expect(list).toContainText("with credentials");
  await expect(list).toContainText("Includes environment:connections:list");
  await list.getByRole("button").click();
  await expect(list.getByRole("status")).toHaveText("Copied");
  expect(await readClipboard(page)).toBe("environment:connections:list_credentials");
  await list.getByRole("link", { name: "environment:connections:list" }).click();
  await expect(page).toHaveURL(/#environment:connections:list$/);
});
