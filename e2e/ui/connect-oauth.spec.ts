import { z } from "zod";
import { expectNoViolations } from "@/e2e/fixtures/accessibility";
import { ada, expect, test } from "@/e2e/fixtures/connect-test";

const asksForConsent = { openid: { authorization_params: { prompt: "consent" } } };

const listed = z.object({ connections: z.array(z.object({ connection_id: z.string(), tags: z.unknown() })) });

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
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Continue to Example Drive" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("ada");
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
  await expectNoViolations(page);

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

test("whoever denies access at the provider sees that, and may try again", async ({
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
  await expectNoViolations(page);
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
  // The person who started sends the provider's address to another person, who approves there.
  await page.goto(await connectLink({ end_user: ada, allowed_integrations: ["openid"] }));
  await page.getByRole("button", { name: "Continue to Example Drive" }).click();
  await expect(page.getByRole("heading", { name: "Test provider" })).toBeVisible();
  const begun = await page.evaluate(() => performance.getEntriesByType("navigation")[0]?.name);
  expect(begun).toContain(openId.issuer);
  const asked = await page.context().cookies();
  expect(asked.filter(({ name }) => name.startsWith("latchkey.connect."))).toMatchObject([
    { httpOnly: true, sameSite: "Lax", path: "/oauth/callback" },
  ]);
  const victim = await browser.newContext();
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
