import { randomBytes } from "node:crypto";
import { makeTestMember } from "@/e2e/fixtures/members";
import { expect, test } from "@/e2e/fixtures/test";

const newEmail = () => `new-${randomBytes(6).toString("hex")}@latchkey.test`;
const password = "correct horse battery";

test("an added member chooses a password by a link that works once", async ({
  adminPage,
  browser,
  server,
}) => {
  const email = newEmail();
  await adminPage.goto("/members");
  await adminPage.getByRole("button", { name: "Add member" }).click();
  const dialog = adminPage.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Email" }).fill("no address");
  await dialog.getByRole("button", { name: "Add member" }).click();
  await expect(dialog.getByRole("textbox", { name: "Email" })).toBeFocused();
  await expect(dialog.getByRole("alert")).toHaveText("Enter an email address");
  await dialog.getByRole("textbox", { name: "Email" }).fill(email);
  await dialog.getByRole("combobox", { name: "Role" }).selectOption("viewer");
  await dialog.getByRole("button", { name: "Add member" }).click();
  const link = await dialog.getByRole("textbox", { name: "One-time link" }).inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(adminPage.getByRole("row").filter({ hasText: email })).toContainText("No password yet");
  expect(await adminPage.content()).not.toContain(new URL(link).search);

  const context = await browser.newContext({ baseURL: server.baseURL });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Choose a password" })).toBeVisible();
  await expect(page.locator('meta[name="referrer"]')).toHaveAttribute("content", "no-referrer");
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(email);
  await expect(page.getByRole("textbox", { name: "Email" })).not.toBeEditable();
  await page.getByRole("textbox", { name: "New password" }).fill(password);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page).toHaveURL(/\/env\//);
  await expect(page.getByRole("button", { name: email })).toContainText("viewer", { ignoreCase: true });

  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await context.close();
});

test("a password that is too short is rejected by the server too", async ({ adminPage, db, page }) => {
  const person = await makeTestMember(db, "viewer");
  await adminPage.goto("/members");
  await adminPage.getByRole("button", { name: `Actions for ${person.email}` }).click();
  await adminPage.getByRole("menuitem", { name: "New link" }).click();
  await adminPage.getByRole("button", { name: "Create link" }).click();
  const link = await adminPage.getByRole("textbox", { name: "One-time link" }).inputValue();

  await page.goto(link);
  await page.locator("input[name=password]").evaluate((input) => input.removeAttribute("minlength"));
  await page.getByRole("textbox", { name: "New password" }).fill("short");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.locator("#password-error")).toHaveText("At least 12 characters, at most 200");
  // It was not used up by that.
  await page.getByRole("textbox", { name: "New password" }).fill(password);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page).toHaveURL(/\/env\//);
});

test("an admin changes a role and removes a member", async ({ adminPage, db }) => {
  const person = await makeTestMember(db, "viewer");
  await adminPage.goto("/members");
  const row = adminPage.getByRole("row").filter({ hasText: person.email });
  const actions = adminPage.getByRole("button", { name: `Actions for ${person.email}` });
  await actions.click();
  await adminPage.getByRole("menuitem", { name: "Change role" }).click();
  await adminPage.getByRole("combobox", { name: "Role" }).selectOption("developer");
  await adminPage.getByRole("button", { name: "Change role" }).click();
  await expect(row.getByRole("cell", { name: "developer", exact: true })).toBeVisible();

  await actions.click();
  await adminPage.getByRole("menuitem", { name: "Remove" }).click();
  await adminPage.getByRole("button", { name: "Remove member" }).click();
  await expect(row).toHaveCount(0);
});

test("others see that members are for admins", async ({ developerPage, members }) => {
  await developerPage.goto("/members");
  await expect(developerPage.getByRole("heading", { name: "Only admins can see members" })).toBeVisible();
  await expect(developerPage.getByRole("table")).toHaveCount(0);
  expect(await developerPage.content()).not.toContain(members.viewer.email);
  await expect(developerPage.getByRole("link", { name: "Members" })).toHaveCount(0);
});
