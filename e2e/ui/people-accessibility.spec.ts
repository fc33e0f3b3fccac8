import type { Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/fixtures/accessibility";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestMember } from "@/e2e/fixtures/members";
import { expect, test } from "@/e2e/fixtures/test";
import { issueSetupLink } from "@/lib/access/members/setup-link";
import { createVariable } from "@/lib/functions/variables/lifecycle";

/** What opens a dialog or a menu on a page, and how one knows that it is open. */
const layers: readonly (readonly [section: string, open: string, role: "dialog" | "menu"])[] = [
  ["settings/general", "Create environment", "dialog"],
  ["settings/general", "Delete environment", "dialog"],
  ["settings/variables", "Add variable", "dialog"],
  ["settings/variables", "Change", "dialog"],
  ["settings/variables", "Delete", "dialog"],
];

test("axe would notice a field that has lost its name", async ({ page }) => {
  await page.goto("/signin");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Email" }).evaluate((field) => {
    for (const label of document.querySelectorAll("label")) label.remove();
    field.removeAttribute("aria-labelledby");
  });
  await expect(expectAccessible(page)).rejects.toThrow("label");
});

async function settled(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
}

for (const width of [1440, 320]) {
  test.describe(`at ${width} px`, () => {
    // Axe reads each of many pages whole.
    test.slow();

    test.beforeEach(async ({ adminPage, viewerPage, page, environment, db, masterKey }) => {
      for (const each of [adminPage, viewerPage, page]) {
        await each.emulateMedia({ reducedMotion: "reduce" });
        await each.setViewportSize({ width, height: 800 });
      }
      const values = { name: "A_RATHER_LONG_NAME_FOR_A_SMALL_SCREEN", value: "x" };
      await createVariable(db, masterKey, environment, testActor, values);
    });

    test("the pages outside the dashboard", async ({ page, db }) => {
      const { id } = await makeTestMember(db, "viewer");
      for (const path of [
        "/signin",
        await issueSetupLink(db, id, new Date()),
        "/setup?token=x",
        "/nothing",
      ]) {
        await page.goto(path);
        await expectAccessible(page);
      }
      await page.goto("/signin");
      await page.getByRole("textbox", { name: "Email" }).fill("nobody@latchkey.test");
      await page.getByRole("textbox", { name: "Password" }).fill("wrong");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText("Wrong email or password")).toBeVisible();
      await expectAccessible(page);
    });

    test("the dashboard's pages, for an admin and for a viewer", async ({
      adminPage,
      viewerPage,
      environment,
    }) => {
      for (const page of [adminPage, viewerPage]) {
        for (const path of ["general", "variables", "activity"]) {
          await page.goto(`/env/${environment.name}/settings/${path}`);
          await expectAccessible(page);
        }
        await page.goto("/members");
        await expectAccessible(page);
      }
    });

    test("the dialogs and menus", async ({ adminPage: page, environment, members }) => {
      for (const [section, open, role] of layers) {
        await page.goto(`/env/${environment.name}/${section}`);
        await page.getByRole("button", { name: open, exact: true }).first().click();
        await expect(page.getByRole(role)).toBeVisible();
        await settled(page);
        await expectAccessible(page);
      }
      await page.goto(`/env/${environment.name}/settings/variables`);
      await page.getByRole("button", { name: "Show value" }).click();
      await expect(page.getByRole("textbox", { name: /^Value of/ })).toBeVisible();
      await expectAccessible(page);

      await page.goto("/members");
      await page.getByRole("button", { name: `Actions for ${members.viewer.email}` }).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await settled(page);
      await expectAccessible(page);
      await page.getByRole("menuitem", { name: "Change role" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await settled(page);
      await expectAccessible(page);
    });
  });
}
