import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { expect, test } from "@/e2e/fixtures/connect-test";

const ada = { id: "ada", email: "ada@example.com", display_name: "Ada" };

const asksForConsent = { openid: { authorization_params: { prompt: "consent" } } };

const listed = z.object({ connections: z.array(z.object({ connection_id: z.string(), tags: z.unknown() })) });

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test("an end user connects by OAuth 2, and the application reads the token", async ({
  page,
  openId,
  connectLink,
  call,
  fullAccessKey: key,
}) => {
  await page.goto(
    await connectLink({
      end_user: ada,
      tags: { plan: "gold" },
      allowed_integrations: ["openid"],
      integrations_config_defaults: asksForConsent,
    }),
  );
  await expect(page.getByRole("heading", { name: "Connect Example Drive" })).toBeVisible();
  await expect(page.getByText("connected for Ada")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue to Example Drive" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("ada");
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
  await expectAccessible(page);

  const list = listed.parse((await call({ path: "/connections?endUserId=ada", key })).body);
  expect(list.connections).toMatchObject([{ tags: { end_user_id: "ada", plan: "gold" } }]);
  const id = list.connections[0]?.connection_id;
  const read = await call({ path: `/connections/${id}?provider_config_key=openid&refresh_token=true`, key });
  expect(read.body).toMatchObject({
    end_user: ada,
    credentials: {
      type: "OAUTH2",
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_at: expect.any(String),
    },
  });
  // It still says so after a reload, and makes nothing again.
  await page.reload();
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
  expect(openId.granted("authorization_code")).toBe(1);
});

test("whoever says no at the provider is told so, and may try again", async ({
  page,
  openId: _,
  connectLink,
  call,
  fullAccessKey: key,
}) => {
  await page.goto(await connectLink({ end_user: ada, allowed_integrations: ["openid"] }));
  await page.getByRole("button", { name: "Continue to Example Drive" }).click();
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByText("Access was not granted")).toBeVisible();
  await expectAccessible(page);
  expect((await call({ path: "/connections", key })).body).toEqual({ connections: [] });

  await page.getByRole("button", { name: "Continue to Example Drive" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("ada");
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
});

test("an answer that this browser did not ask for connects nothing", async ({
  page,
  browser,
  openId,
  connectLink,
  call,
  fullAccessKey: key,
}) => {
  // The one who began sends the provider's address to somebody else, who says yes there.
  await page.goto(await connectLink({ end_user: ada, allowed_integrations: ["openid"] }));
  await page.getByRole("button", { name: "Continue to Example Drive" }).click();
  await expect(page.getByRole("heading", { name: "Test provider" })).toBeVisible();
  const begun = await page.evaluate(() => performance.getEntriesByType("navigation")[0]?.name);
  expect(begun).toContain(openId.issuer);
  const asked = await page.context().cookies();
  expect(asked.filter(({ name }) => name.startsWith("latchkey.connect."))).toMatchObject([
    { httpOnly: true, sameSite: "Lax", path: "/oauth/callback" },
  ]);
  const victim = await browser.newContext({ storageState: undefined });
  await victim.addCookies(asked.filter(({ name }) => !name.startsWith("latchkey.")));
  const other = await victim.newPage();
  await other.goto(page.url());
  await other.getByRole("textbox", { name: "Name" }).fill("victim");
  await other.getByRole("button", { name: "Allow" }).click();
  await expect(other.getByText("was not started in this browser")).toBeVisible();
  expect((await call({ path: "/connections", key })).body).toEqual({ connections: [] });
  expect(openId.granted("authorization_code")).toBe(0);
  await victim.close();
});

test("a choice of integrations, an API key, and a user name with a domain", async ({
  page,
  connectLink,
  call,
  fullAccessKey: key,
}) => {
  for (const [provider, unique_key] of [
    ["stripe-api-key", "stripe"],
    ["jira-basic", "jira"],
    ["twilio", "hidden"],
  ]) {
    await call({ method: "POST", path: "/integrations", key, body: { provider, unique_key } });
  }
  await page.goto(await connectLink({ end_user: ada, allowed_integrations: ["stripe", "jira"] }));
  await expect(page.getByRole("link", { name: /Stripe|Jira|Twilio/ })).toHaveCount(2);
  await expectAccessible(page);

  await page.getByRole("link", { name: "Stripe" }).click();
  await page.getByLabel("API key").fill("  sk_test_typed ");
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByText("Stripe is connected.")).toBeVisible();

  await page.getByRole("link", { name: "Connect another account" }).click();
  await page.getByRole("link", { name: "Jira" }).click();
  await page.getByLabel("Atlassian domain").fill("acme/evil");
  await page.getByLabel("User name").fill("ada");
  await page.getByLabel("Password").fill("hush");
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByText("Enter a valid Atlassian domain")).toBeVisible();
  await expect(page.getByLabel("Atlassian domain")).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel("Atlassian domain").fill("acme");
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByText("Jira (Basic) is connected.")).toBeVisible();

  const all = await call({ path: "/connections", key });
  expect(all.body).toMatchObject({
    connections: [
      { provider: "jira-basic", credentials: { type: "BASIC", username: "ada", password: "hush" } },
      { provider: "stripe-api-key", credentials: { type: "API_KEY", apiKey: "sk_test_typed" } },
    ],
  });
});

test("a form that is not alive yet sends nothing, and puts no secret into the address", async ({
  page,
  connectLink,
  call,
  fullAccessKey,
}) => {
  const body = { provider: "stripe-api-key", unique_key: "stripe" };
  await call({ method: "POST", path: "/integrations", key: fullAccessKey, body });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(await connectLink({ end_user: ada, allowed_integrations: ["stripe"] }), {
    waitUntil: "commit",
  });
  const field = page.getByLabel("API key");
  await field.fill("sk_test_typed");
  await field.press("Enter");
  const connect = page.getByRole("button", { name: "Connect", exact: true });
  await expect(connect).toBeDisabled();
  expect(page.url()).not.toContain("sk_test_typed");

  release();
  await connect.click();
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
  expect(page.url()).not.toContain("sk_test_typed");
});

test("the window that opened the page hears of it", async ({
  page,
  server,
  connectLink,
  call,
  fullAccessKey,
}) => {
  const body = { provider: "stripe-api-key", unique_key: "stripe" };
  await call({ method: "POST", path: "/integrations", key: fullAccessKey, body });
  const link = await connectLink({ end_user: ada });
  await page.goto(`${server.baseURL}/healthz`);
  const popupOpens = page.waitForEvent("popup");
  const heard = page.evaluate(
    (address) =>
      new Promise((resolve) => {
        addEventListener("message", ({ data }) => resolve(data));
        open(address, "connect");
      }),
    link,
  );
  const popup = await popupOpens;
  await popup.getByLabel("API key").fill("sk_test_typed");
  await popup.getByRole("button", { name: "Connect", exact: true }).click();
  expect(await heard).toEqual({
    type: "connect",
    payload: { providerConfigKey: "stripe", connectionId: expect.any(String) },
  });
  const closes = popup.waitForEvent("close");
  // The click does not live to see its end.
  await popup
    .getByRole("button", { name: "Close this window" })
    .click()
    .catch(() => {});
  await closes;
});

test("a reconnect session renews the one connection and offers nothing else", async ({
  page,
  connectLink,
  call,
  fullAccessKey: key,
}) => {
  await call({
    method: "POST",
    path: "/integrations",
    key,
    body: { provider: "stripe-api-key", unique_key: "stripe" },
  });
  const credentials = { type: "API_KEY", apiKey: "old" };
  const connection = { provider_config_key: "stripe", connection_id: "c-1", credentials };
  await call({ method: "POST", path: "/connections", key, body: connection });
  await page.goto(await connectLink({ connection_id: "c-1", integration_id: "stripe" }, "reconnect"));
  await expect(page.getByRole("heading", { name: "Reconnect Stripe" })).toBeVisible();
  await page.getByLabel("API key").fill("new");
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Reconnected" })).toBeVisible();
  expect((await call({ path: "/connections", key })).body).toMatchObject({
    connections: [{ connection_id: "c-1", credentials: { type: "API_KEY", apiKey: "new" } }],
  });
});

test("a link that ended says so", async ({ page, connectLink, db, environment, server }) => {
  const link = await connectLink({ end_user: ada });
  await page.goto(link);
  await expect(page.getByText("Nothing to connect")).toBeVisible();
  await db.execute(`update connect_sessions set expires_at = now() where environment_id = ${environment.id}`);
  for (const address of [
    link,
    `${server.baseURL}/connect-ui`,
    `${server.baseURL}/connect-ui?session_token=x`,
  ]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  }
});

for (const [name, colorScheme, width] of [
  ["light", "light", 1000],
  ["dark", "dark", 1000],
  ["320-px", "light", 320],
] as const) {
  test(`it looks right: ${name}`, async ({
    browser,
    server,
    connectLink,
    call,
    fullAccessKey: key,
  }, info) => {
    for (const [provider, unique_key] of [
      ["stripe-api-key", "stripe"],
      ["jira-basic", "jira"],
    ]) {
      await call({ method: "POST", path: "/integrations", key, body: { provider, unique_key } });
    }
    const link = await connectLink({ end_user: ada });
    const context = await browser.newContext({
      baseURL: server.baseURL,
      colorScheme,
      viewport: { width, height: 720 },
    });
    const page = await context.newPage();
    const steps = [link, `${link}&integration=jira`, `${link}&integration=stripe`];
    for (const [at, step] of steps.entries()) {
      await page.goto(step);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.screenshot({ path: info.outputPath(`connect-${name}-${at}.png`) });
    }
    await context.close();
  });
}
