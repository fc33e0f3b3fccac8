import { expect, test } from "@/e2e/fixtures/test";

test("the switcher leads to the same page of another environment, and home remembers it", async ({
  developerPage: page,
  environment,
  productionEnvironment,
}) => {
  await page.goto(`/env/${environment.name}/settings/variables`);
  const switcher = page.getByRole("button", { name: `Environment ${environment.name}: change` });
  await switcher.focus();
  await page.keyboard.press("Enter");
  const choice = page.getByRole("menuitem", { name: `${productionEnvironment.name} Production` });
  await choice.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/env/${productionEnvironment.name}/settings/variables`);
  await page.goto("/");
  await expect(page).toHaveURL(`/env/${productionEnvironment.name}/settings/api-keys`);
});

test("the tabs and the side bar say where one is", async ({ adminPage: page, environment }) => {
  await page.goto(`/env/${environment.name}/settings/general`);
  const current = page.locator("[aria-current=page]");
  await expect(current).toHaveText(["Environment settings", "General"]);
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toHaveText(
    `${environment.name}/Environment settings`,
  );
  await page.getByRole("link", { name: "Activity" }).click();
  await expect(current).toHaveText(["Environment settings", "Activity"]);
  await page.getByRole("link", { name: "Members" }).click();
  await expect(current).toHaveText(["Members"]);
});

test("the first Tab offers to skip to the page", async ({ developerPage: page, environment }) => {
  await page.goto(`/env/${environment.name}/settings/general`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("a chosen theme stays and is there before anything is painted", async ({
  developerPage: page,
  environment,
  members,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`/env/${environment.name}/settings/general`);
  await page.getByRole("button", { name: members.developer.email }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  // Without any of the page's own scripts the class can only come from the one inside the document.
  await page.route("**/_next/static/**/*.js", (route) => route.abort());
  await page.reload();
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("on a small screen the side bar is behind a button and closes when it has led somewhere", async ({
  adminPage: page,
  environment,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`/env/${environment.name}/settings/general`);
  await page.getByRole("button", { name: "Open menu" }).click();
  const sheet = page.getByRole("dialog", { name: "Menu" });
  await expect(sheet.getByRole("button", { name: `Environment ${environment.name}: change` })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Open menu" })).toBeFocused();
  await page.keyboard.press("Enter");
  await sheet.getByRole("link", { name: "Members" }).click();
  await expect(page).toHaveURL("/members");
  await expect(sheet).toHaveCount(0);
});

test("what is not there is a page of its own, with the right status", async ({ developerPage: page }) => {
  for (const path of ["/env/no-such/settings/general", "/env/NOT%20A%20NAME/settings/activity", "/nothing"]) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
});
