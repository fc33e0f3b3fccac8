import type { Page } from "@playwright/test";
import { expectAccessible, prepareForAxe, waitForAnimations } from "@/e2e/fixtures/accessibility";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestMember } from "@/e2e/fixtures/members";
import { expect, test } from "@/e2e/fixtures/test";
import type { Environment } from "@/lib/access/environments/model";
import { issueSetupLink } from "@/lib/access/members/setup-link";
import { createVariable } from "@/lib/functions/variables/lifecycle";
import type { Database } from "@/lib/infrastructure/db/client";

/*
 * Axe reads each page narrow and wide, light and dark. What is opened on a page is opened while it is narrow, where that is
 * harder.
 */

test("axe would notice a field that has lost its name", async ({ page }) => {
  await prepareForAxe(page);
  await page.goto("/signin");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Email" }).evaluate((field) => {
    for (const label of document.querySelectorAll("label")) label.remove();
    field.removeAttribute("aria-labelledby");
  });
  await expect(expectAccessible(page)).rejects.toThrow("label");
});

test.describe("outside the dashboard", () => {
  test.beforeEach(({ page }) => prepareForAxe(page));

  for (const path of ["/signin", "/setup?token=x", "/nothing"]) {
    test(path, async ({ page }) => {
      await page.goto(path);
      await expectAccessible(page);
    });
  }

  test("a set-up link", async ({ page, db }) => {
    const { id } = await makeTestMember(db, "viewer");
    await page.goto(await issueSetupLink(db, id, new Date()));
    await expectAccessible(page);
  });

  test("a sign-in that failed", async ({ page }) => {
    await page.goto("/signin");
    await page.getByRole("textbox", { name: "Email" }).fill("unknown@latchkey.test");
    await page.getByRole("textbox", { name: "Password" }).fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("Wrong email or password")).toBeVisible();
    await expectAccessible(page);
  });
});

async function addVariable(db: Database, masterKey: Buffer, environment: Environment): Promise<void> {
  const values = { name: "A_RATHER_LONG_NAME_FOR_A_SMALL_SCREEN", value: "x" };
  await createVariable(db, masterKey, environment, testActor, values);
}

for (const role of ["admin", "viewer"] as const) {
  test.describe(`for a person whose role is ${role}`, () => {
    for (const section of ["settings/general", "settings/variables", "settings/activity", "members"]) {
      test(section, async ({ members, openPageOf, environment, db, masterKey }) => {
        await addVariable(db, masterKey, environment);
        const page = await openPageOf(members[role]);
        await prepareForAxe(page);
        await page.goto(section === "members" ? "/members" : `/env/${environment.name}/${section}`);
        await expectAccessible(page);
      });
    }
  });
}

test.describe("what is opened on a page", () => {
  test.beforeEach(async ({ adminPage, environment, db, masterKey }) => {
    await addVariable(db, masterKey, environment);
    await prepareForAxe(adminPage);
  });

  async function expectDialogAccessible(page: Page): Promise<void> {
    await expect(page.getByRole("dialog")).toBeVisible();
    await waitForAnimations(page);
    await expectAccessible(page);
    await expect(page.getByRole("dialog")).toBeVisible();
  }

  for (const [section, button] of [
    ["settings/general", "Create environment"],
    ["settings/general", "Delete environment"],
    ["settings/variables", "Add variable"],
    ["settings/variables", "Change"],
    ["settings/variables", "Delete"],
  ] as const) {
    test(`the dialog of ${button}`, async ({ adminPage: page, environment }) => {
      await page.goto(`/env/${environment.name}/${section}`);
      await page.getByRole("button", { name: button, exact: true }).first().click();
      await expectDialogAccessible(page);
    });
  }

  test("the value of a variable", async ({ adminPage: page, environment }) => {
    await page.goto(`/env/${environment.name}/settings/variables`);
    await page.getByRole("button", { name: "Show value" }).click();
    const value = page.getByRole("textbox", { name: /^Value of/ });
    await expect(value).toBeVisible();
    await expectAccessible(page);
    await expect(value).toBeVisible();
  });

  test("a member's menu, and the dialog to change a role", async ({ adminPage: page, members }) => {
    await page.goto("/members");
    await page.getByRole("button", { name: `Actions for ${members.viewer.email}` }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await waitForAnimations(page);
    await expectAccessible(page);
    await page.getByRole("menuitem", { name: "Change role" }).click();
    await expectDialogAccessible(page);
  });
});
