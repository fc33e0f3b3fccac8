import type { Page } from "@playwright/test";
import { connectGitHub, plantedMark } from "@/e2e/fixtures/connect-github";
import { expect, test } from "@/e2e/fixtures/test";
import { auditOf } from "./audit";
import { allowClipboard, denyClipboard, readClipboard } from "./clipboard";

/** Everything a page has received, as text. */
function recordAnswers(page: Page): { readonly texts: () => Promise<string[]> } {
  const answers: Promise<string>[] = [];
  page.on("response", (response) => {
    answers.push(response.text().catch(() => ""));
  });
  return { texts: () => Promise.all(answers) };
}

const show = (page: Page) => page.getByRole("button", { name: "Show credentials" });
const values = (page: Page) => page.getByRole("main").getByRole("textbox");

test("no page, and nothing it loads, holds a credential before it is asked for", async ({
  adminPage: page,
  db,
  masterKey,
  environment,
}) => {
  const { connectionId } = await connectGitHub(db, masterKey, environment, {
    connection_id: "acme",
    metadata: { plan: "gold" },
  });
  const answers = recordAnswers(page);
  await page.goto(`/env/${environment.name}/integrations`);
  // By links, as people go, so that the pages come as React's payloads too.
  await page.getByRole("table").getByRole("link", { name: "GitHub" }).click();
  await expect(show(page)).toBeVisible();
  await page.getByRole("link", { name: "1 connection" }).click();
  await page.getByRole("link", { name: "acme" }).click();
  await expect(show(page)).toBeVisible();
  await expect(page.getByText('"plan": "gold"')).toBeVisible();
  for (const path of [
    "integrations",
    "integrations/github",
    "connections",
    `connections/${connectionId}`,
    "settings/activity",
  ]) {
    await page.goto(`/env/${environment.name}/${path}`);
  }
  const texts = await answers.texts();
  expect(texts.filter((text) => text.includes("gold")).length).toBeGreaterThan(0);
  expect(texts.filter((text) => text.includes(plantedMark))).toEqual([]);
});

test("a connection's credentials are shown on request, one connection at a time, and it is noted", async ({
  developerPage: page,
  db,
  masterKey,
  environment,
}) => {
  await allowClipboard(page);
  const { connectionId } = await connectGitHub(db, masterKey, environment, { connection_id: "acme" });
  await page.goto(`/env/${environment.name}/connections/${connectionId}`);
  await expect(page.getByText("Hidden", { exact: true })).toBeAttached();
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await show(page).click();
  const answer = await answered;
  expect(answer.headers()["cache-control"]).toContain("no-store");
  await expect(page.getByRole("textbox", { name: "access_token" })).toHaveValue(`${plantedMark}-access`);
  await expect(page.getByRole("textbox", { name: "refresh_token" })).toHaveValue(`${plantedMark}-refresh`);
  await expect(page.getByRole("textbox", { name: "raw" })).toHaveValue(/"access_token": "PLANTED-SECRET/);
  expect(await auditOf(db, environment)).toEqual([{ action: "connection.reveal", subject: "acme" }]);

  await page.getByRole("button", { name: "Copy refresh_token" }).click();
  expect(await readClipboard(page)).toBe(`${plantedMark}-refresh`);
  const hide = page.getByRole("button", { name: "Hide credentials" });
  await expect(hide).toHaveAttribute("aria-pressed", "true");
  await hide.click();
  await expect(values(page)).toHaveCount(0);
  expect(await page.content()).not.toContain(plantedMark);
  expect(await auditOf(db, environment)).toHaveLength(1);

  await page.goto(`/env/${environment.name}/settings/activity`);
  await expect(page.getByRole("main").getByRole("listitem")).toContainText([
    /revealed the credentials of connection acme of github/,
  ]);
});

test("an integration's client is shown to an admin in production, and it is noted", async ({
  adminPage: page,
  db,
  masterKey,
  productionEnvironment,
}) => {
  await denyClipboard(page);
  await connectGitHub(db, masterKey, productionEnvironment, { integration: "my ~code:1" });
  await page.goto(`/env/${productionEnvironment.name}/integrations/my%20~code%3A1`);
  await show(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "client_secret" })).toHaveValue(`${plantedMark}-client`);
  await expect(page.getByRole("textbox", { name: "client_id" })).toHaveValue(`${plantedMark}-id`);
  await page.getByRole("button", { name: "Copy webhook_secret" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Your browser blocked copying");
  await expect(page.getByRole("textbox", { name: "webhook_secret" })).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(`${plantedMark}-webhook`);
  expect(await auditOf(db, productionEnvironment)).toEqual([
    { action: "integration.reveal", subject: "my ~code:1" },
  ]);
});

for (const [what, leave] of [
  [
    "30 seconds have passed",
    async (page: Page) => {
      await page.clock.fastForward(28_000);
      await expect(values(page).first()).toBeVisible();
      await page.clock.fastForward(3000);
    },
  ],
  [
    "the window loses the focus",
    async (page: Page) => {
      await page.evaluate(() => {
        window.dispatchEvent(new Event("blur"));
      });
    },
  ],
] as const) {
  test(`shown credentials hide when ${what}, and the focus stays near`, async ({
    adminPage: page,
    db,
    masterKey,
    environment,
  }) => {
    const { connectionId } = await connectGitHub(db, masterKey, environment);
    await page.clock.install();
    await page.goto(`/env/${environment.name}/connections/${connectionId}`);
    await show(page).click();
    await values(page).first().focus();
    await leave(page);
    await expect(values(page)).toHaveCount(0);
    expect(await page.content()).not.toContain(plantedMark);
    await expect(show(page)).toBeFocused();
  });
}

test("says so when the credentials did not come", async ({ adminPage: page, db, masterKey, environment }) => {
  const { connectionId } = await connectGitHub(db, masterKey, environment);
  await page.goto(`/env/${environment.name}/connections/${connectionId}`);
  await page.route("**/connections/*", (route) => route.abort());
  await show(page).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("The server did not answer");
  await page.unroute("**/connections/*");
  await show(page).click();
  await expect(values(page)).toHaveCount(3);
});

test("those who may not reveal see everything but the credentials, and why", async ({
  viewerPage,
  developerPage,
  db,
  masterKey,
  environment,
  productionEnvironment,
}) => {
  for (const [page, place, why] of [
    [viewerPage, environment, "Your role is viewer"],
    [developerPage, productionEnvironment, "only admins can reveal"],
  ] as const) {
    const { connectionId } = await connectGitHub(db, masterKey, place, { metadata: { plan: "gold" } });
    for (const path of ["integrations/github", `connections/${connectionId}`]) {
      const response = await page.goto(`/env/${place.name}/${path}`);
      expect(await response?.text()).not.toContain(plantedMark);
      await expect(page.getByText(why)).toBeVisible();
      await expect(show(page)).toHaveCount(0);
    }
    await expect(page.getByText('"plan": "gold"')).toBeVisible();
  }
});
