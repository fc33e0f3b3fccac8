import { expectNoViolations } from "@/e2e/fixtures/accessibility";
import { ada, expect, test } from "@/e2e/fixtures/connect-test";
import { makeGate } from "./gate";

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
  await expectNoViolations(page);

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
  await expectNoViolations(page);
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

test("a form that has not hydrated yet sends nothing, and puts no secret into the address", async ({
  page,
  connectLink,
  call,
  fullAccessKey,
}) => {
  const body = { provider: "stripe-api-key", unique_key: "stripe" };
  await call({ method: "POST", path: "/integrations", key: fullAccessKey, body });
  const gate = makeGate();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await gate.opened;
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

  gate.open();
  await connect.click();
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
  expect(page.url()).not.toContain("sk_test_typed");
});

test("the window that opened the page receives a message", async ({
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
  const received = page.evaluate(
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
  expect(await received).toEqual({
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
