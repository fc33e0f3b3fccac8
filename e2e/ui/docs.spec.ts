import { expectAccessibleIn } from "@/e2e/fixtures/accessibility";
import { expect, test } from "@/e2e/fixtures/test";
import { declaredRoutes } from "@/lib/environment-api/catalog/declared-routes";

test("shows every declared route to people who are not signed in", async ({ page }) => {
  await page.goto("/docs");
  await expect(page.getByRole("heading", { name: "API reference", level: 1 })).toBeVisible();
  const shown = await page.getByRole("article").allInnerTexts();
  for (const { method, path, scope } of declaredRoutes) {
    const article = shown.find(
      (text) => text.includes(`${method} ${path}\n`) || text.includes(`${method}\n${path}`),
    );
    expect(article, `${method} ${path}`).toBeDefined();
    if (scope.startsWith("environment:")) expect(article).toContain(scope);
  }
  const [download] = await Promise.all([
    page.waitForResponse("**/openapi.json"),
    page.getByRole("link", { name: "OpenAPI 3.1 document" }).click(),
  ]);
  expect(await download.json()).toMatchObject({ openapi: "3.1.0" });
});

test("is reached from the dashboard", async ({ viewerPage }) => {
  await viewerPage.goto("/");
  await viewerPage.getByRole("link", { name: "API reference" }).click();
  await expect(viewerPage).toHaveURL(/\/docs$/);
});

for (const theme of ["light", "dark"] as const) {
  test(`has no fault that axe knows, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto("/docs");
    await expectAccessibleIn(page, [
      { theme, width: 320 },
      { theme, width: 1280 },
    ]);
  });
}
