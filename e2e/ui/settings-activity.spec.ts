import { expect, test } from "@/e2e/fixtures/test";
import { signIn } from "@/lib/access/members/sign-in";

test("what happened is a sentence, newest first, narrowed by the address", async ({
  developerPage: page,
  apiKey,
  environment,
}) => {
  await apiKey(["environment:deploy"], { displayName: "CI Deploy Key" });
  await apiKey(["environment:proxy"], { displayName: "Billing service" });
  await page.goto(`/env/${environment.name}/settings/activity`);
  const entries = page.getByRole("main").getByRole("listitem").filter({ hasText: "created API key" });
  await expect(entries).toHaveCount(2);
  await expect(entries.first()).toContainText("Latchkey created API key Billing service");

  await page.getByRole("textbox", { name: "Key or other name" }).fill("deploy");
  await page.getByRole("combobox", { name: "Action" }).selectOption({ label: "API keys: created" });
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/action=api_key\.create.*name=deploy/);
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText(/^Latchkey created API key CI Deploy Key .*CI\/CD Deploy$/);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Key or other name" })).toHaveValue("deploy");
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(entries).toHaveCount(2);
});

test("the exact time is there for keyboards too", async ({ developerPage: page, apiKey, environment }) => {
  await apiKey(["environment:deploy"]);
  await page.goto(`/env/${environment.name}/settings/activity`);
  await page.getByRole("main").getByRole("listitem").getByRole("button").first().focus();
  await expect(page.getByRole("tooltip")).toContainText(/\d\d:\d\d:\d\d UTC/);
});

test("older entries are on further pages", async ({ developerPage: page, db, environment }) => {
  await db.execute(`
    insert into audit_events (action, actor_kind, actor_name, environment_id, environment_name, subject_name)
    select 'api_key.reveal', 'member', 'a@latchkey.test', ${environment.id}, 'x', 'Key ' || n
    from generate_series(1, 60) n`);
  await page.goto(`/env/${environment.name}/settings/activity?person=a%40latchkey`);
  const entries = page.getByRole("main").getByRole("listitem").filter({ hasText: "revealed API key" });
  await expect(entries).toHaveCount(50);
  await expect(entries.first()).toContainText("Key 60");
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/person=a%40latchkey&before=\d+$/);
  await expect(entries).toHaveCount(10);
  await expect(entries.last()).toContainText("Key 1");
  await expect(page.getByRole("link", { name: "Older" })).toHaveCount(0);
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(entries).toHaveCount(50);
});

test("sign-ins and members are for admins", async ({
  adminPage,
  developerPage,
  db,
  members,
  environment,
}) => {
  const signedIn = await signIn(db, { address: "127.0.0.1", userAgent: "a browser" }, members.admin);
  expect(signedIn.ok).toBe(true);
  const address = `/env/${environment.name}/settings/activity?person=${encodeURIComponent(members.admin.email)}`;
  await adminPage.goto(address);
  await expect(adminPage.getByText(`${members.admin.email} signed in`).first()).toBeVisible();
  await developerPage.goto(address);
  await expect(developerPage.getByText("No activity matches this filter.")).toBeVisible();
  await expect(developerPage.getByRole("combobox", { name: "Action" })).not.toContainText("Sign-in");
});
