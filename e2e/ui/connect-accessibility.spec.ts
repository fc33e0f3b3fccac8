import { expectAccessibleIn, prepareForAxe } from "@/e2e/fixtures/accessibility";
import { ada, expect, test } from "@/e2e/fixtures/connect-test";

const looks = {
  "320-px": { theme: "light", width: 320 },
  light: { theme: "light", width: 1000 },
  dark: { theme: "dark", width: 1000 },
} as const;

for (const [step, query] of [
  ["choice", ""],
  ["user-name", "&integration=jira"],
  ["api-key", "&integration=stripe"],
] as const) {
  test(`it looks right: ${step}`, async ({ page, connectLink, call, fullAccessKey: key }, info) => {
    for (const [provider, unique_key] of [
      ["stripe-api-key", "stripe"],
      ["jira-basic", "jira"],
    ]) {
      await call({ method: "POST", path: "/integrations", key, body: { provider, unique_key } });
    }
    await prepareForAxe(page);
    await page.goto(`${await connectLink({ end_user: ada })}${query}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const [name, look] of Object.entries(looks)) {
      await expectAccessibleIn(page, [look]);
      await page.screenshot({ path: info.outputPath(`connect-${step}-${name}.png`) });
    }
  });
}
