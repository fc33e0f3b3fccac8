import type { Page } from "@playwright/test";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestMember, type TestMember } from "@/e2e/fixtures/members";
import { expect, test } from "@/e2e/fixtures/test";
import { changeMemberRole, removeMember } from "@/lib/access/members/lifecycle";

async function fill(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function signInAt(page: Page, address: string, member: TestMember): Promise<void> {
  await page.goto(address);
  await expect(page).toHaveURL(/\/signin/);
  await fill(page, member.email, member.password);
  await page.waitForURL((url) => url.pathname !== "/signin");
}

/** A person whom this test alone uses. */
const own = test.extend<{ readonly person: TestMember }>({
  person: async ({ db }, use) => use(await makeTestMember(db, "developer")),
});

own(
  "a person comes back to the page that asked them to sign in, on either name of this machine",
  async ({ page, server, person, environment }) => {
    const path = `/env/${environment.name}/settings/activity?action=api_key.create`;
    for (const origin of [server.baseURL, server.baseURL.replace("127.0.0.1", "localhost")]) {
      await signInAt(page, `${origin}${path}`, person);
      await expect(page).toHaveURL(`${origin}${path}`);
      await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
    }
  },
);

own("home leads to an environment's API keys", async ({ page, person }) => {
  await signInAt(page, "/", person);
  await expect(page).toHaveURL(/\/env\/[^/]+\/settings\/api-keys$/);
});

own("a wrong password and an unknown person get the same sentence", async ({ page, person }) => {
  await page.goto("/signin");
  for (const email of [person.email, "unknown@latchkey.test"]) {
    await fill(page, email, "not the password");
    await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveText("Wrong email or password");
    await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(email);
    await page.reload();
  }
});

own(
  "after too many failures the right password is rejected too, with the minutes to wait",
  async ({ page, db, person }) => {
    await page.goto("/signin");
    await db.execute(`
    insert into audit_events (action, actor_kind, actor_name, address)
    select 'sign_in.failure', 'anonymous', '${person.email}', '127.0.0.1' from generate_series(1, 11)`);
    await fill(page, person.email, person.password);
    await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveText(
      "Too many attempts. Try again in 15 minutes.",
    );
  },
);

for (const callbackUrl of [
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "/\t/evil.example",
]) {
  own(
    `signing in never leads elsewhere: ${JSON.stringify(callbackUrl)}`,
    async ({ page, server, person }) => {
      await page.goto(`/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`);
      await fill(page, person.email, person.password);
      await page.waitForURL((url) => url.pathname !== "/signin");
      expect(new URL(page.url()).origin).toBe(server.baseURL);
      // Nor does next-auth's own endpoint, to which a form could be posted directly.
      await page.context().clearCookies();
      const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
      const form = { email: person.email, password: person.password, csrfToken, callbackUrl };
      const answer = await page.request.post("/api/auth/callback/credentials", { form, maxRedirects: 0 });
      expect(answer.status()).toBe(302);
      expect(answer.headers().location).toBe(`${server.baseURL}/`);
    },
  );
}

own(
  "the session cookie is out of reach of scripts and of other sites, and says nothing",
  async ({ page, person }) => {
    await signInAt(page, "/members", person);
    const cookie = (await page.context().cookies()).find(({ name }) => name === "latchkey.session");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", secure: false, path: "/" });
    expect(Buffer.from(cookie?.value ?? "", "base64").toString()).not.toContain(person.email);
    const session = await (await page.request.get("/api/auth/session")).json();
    expect(Object.keys(session)).toEqual(["expires"]);
  },
);

own("signing out ends the session here", async ({ page, person, environment }) => {
  await signInAt(page, `/env/${environment.name}/settings/general`, person);
  await page.getByRole("button", { name: person.email }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/signin$/);
  await page.goto("/members");
  await expect(page).toHaveURL("/signin?callbackUrl=%2Fmembers");
});

own("another site cannot sign a person out", async ({ page, person }) => {
  await signInAt(page, "/members", person);
  const headers = { "Sec-Fetch-Site": "cross-site" };
  expect((await page.request.post("/signout", { headers, maxRedirects: 0 })).status()).toBe(403);
  await page.goto("/members");
  await expect(page.getByRole("heading", { name: "Members", exact: true })).toBeVisible();
});

own("a changed role and a removal count at the next request", async ({ page, db, person, environment }) => {
  const variables = `/env/${environment.name}/settings/variables`;
  await signInAt(page, variables, person);
  await expect(page.getByRole("button", { name: "Add variable" })).toBeVisible();

  await changeMemberRole(db, testActor, { id: person.id, role: "viewer" });
  // The open page still has its button; the server rejects it.
  await page.getByRole("button", { name: "Add variable" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("ADDED");
  await page.getByRole("textbox", { name: "Value" }).fill("x");
  await page.getByRole("dialog").getByRole("button", { name: "Add variable" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText("Your role does not allow this");
  await page.reload();
  await expect(page.getByRole("button", { name: "Add variable" })).toBeHidden();

  await removeMember(db, testActor, person.id);
  await page.reload();
  await expect(page).toHaveURL(`/signin?callbackUrl=${encodeURIComponent(variables)}`);
});
