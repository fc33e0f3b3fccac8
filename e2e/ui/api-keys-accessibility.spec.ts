import { expectNoViolations } from "@/e2e/fixtures/accessibility";
import { expect, test } from "@/e2e/fixtures/test";
import { allowClipboard } from "./clipboard";
import { KeysPage } from "./keys-page";
import { givePast } from "./last-use";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 320]) {
    test(`axe finds nothing on the page and its dialogs, ${colorScheme} at ${width} px`, async ({
      adminPage: page,
      db,
      environment,
      apiKey,
    }) => {
      // Some ten runs of axe one after the other.
      test.setTimeout(180_000);
      const busy = await apiKey(["environment:*"], { displayName: "Busy" });
      const expired = await apiKey(["environment:connections:list"], { displayName: "Expired" });
      await apiKey(["environment:mcp"], { displayName: "Unused" });
      await givePast(db, busy.id, { usedSecondsAgo: 5 });
      await givePast(db, expired.id, { usedSecondsAgo: 90_000, expiredSecondsAgo: 10 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      await allowClipboard(page);
      const keys = new KeysPage(page);
      await keys.open(environment.name);
      await expect(page.locator("html")).toHaveClass(colorScheme === "dark" ? /dark/ : /^(?!.*dark)/);
      await expectNoViolations(page);

      await keys.row("Unused").getByRole("button", { name: "Show key" }).click();
      await expect(keys.row("Unused").getByRole("textbox")).toBeVisible();
      await expectNoViolations(page);

      await page.getByRole("searchbox", { name: "Search keys" }).fill("no such key");
      await expect(page.getByRole("heading", { name: "No keys found" })).toBeVisible();
      await expectNoViolations(page);
      await page.getByRole("button", { name: "Show all keys" }).click();

      await keys.startEditing("Unused");
      await keys.scope("environment:connections:list_credentials").check();
      await expectNoViolations(page);
      await page.keyboard.press("Escape");

      await keys.startDeleting("Busy");
      await expectNoViolations(page);
      await page.keyboard.press("Escape");

      await keys.startCreating();
      await page.getByRole("radio", { name: "Full access" }).check();
      await keys.submit.click();
      await expect(keys.nameField).toHaveAttribute("aria-invalid", "true");
      await expectNoViolations(page);
      await keys.nameField.fill("New");
      await page.getByRole("button", { name: "Backend Service" }).click();
      await keys.submit.click();
      await keys.dialog.getByRole("button", { name: "Show key" }).click();
      await expectNoViolations(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("button", { name: "Keep open" })).toBeFocused();
      await expectNoViolations(page);

      await page.goto(`/env/${environment.name}/settings/api-keys/scopes`);
      await expect(page.getByRole("heading", { name: "Scope reference", level: 1 })).toBeVisible();
      await expectNoViolations(page);
    });
  }
}
