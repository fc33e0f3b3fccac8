import { eq } from "drizzle-orm";
import { members } from "@/drizzle/schema/members";
import { makeTestMember } from "@/e2e/fixtures/members";
import { expect, test } from "@/e2e/fixtures/test";
import { makeGate } from "./gate";
import { eventsAddress, KeysPage, listAddress } from "./keys-page";

test("an empty list says what is next", async ({ adminPage: page, environment }) => {
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(page.getByRole("heading", { name: `No API keys in ${environment.name}` })).toBeVisible();
  await expect(page.getByText("Create one above")).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
});

test("while neither stream nor list comes the rows stay, and it says so until they come again", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  const { displayName } = await apiKey(["environment:mcp"]);
  const keys = new KeysPage(page);
  await page.route(eventsAddress(environment.name), (route) => route.abort());
  await page.route(listAddress(environment.name), (route) => route.fulfill({ status: 503 }));
  await keys.open(environment.name);
  await expect(keys.updates).toHaveText("Live updates paused, retrying");
  await expect(keys.row(displayName)).toBeVisible();
  await page.unroute(listAddress(environment.name));
  await page.unroute(eventsAddress(environment.name));
  await expect(keys.updates).toHaveText("Live");
});

test("a list that could not be loaded is an error with a retry, never an empty list", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  const { displayName } = await apiKey(["environment:mcp"]);
  const keys = new KeysPage(page);
  const gate = makeGate();
  // What the server sent along is filed under another name, as if its own read had failed.
  await page.route(`**/env/${environment.name}/settings/api-keys`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/(\\+)"api-keys(\\+)"\]/g, '$1"not-read$2"]');
    await route.fulfill({ response, body });
  });
  await page.route(eventsAddress(environment.name), (route) => route.abort());
  await page.route(listAddress(environment.name), async (route) => {
    await gate.opened;
    await route.fulfill({ status: 500 });
  });
  await keys.open(environment.name);
  await expect(page.getByRole("status", { name: "Loading API keys" })).toBeVisible();
  gate.open();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("The keys could not be loaded");
  await expect(page.getByText("No API keys")).toHaveCount(0);
  const asked = page.waitForRequest(listAddress(environment.name));
  await alert.getByRole("button").click();
  await asked;
  await page.unroute(listAddress(environment.name));
  await expect(keys.row(displayName)).toBeVisible();
});

test("a person removed meanwhile sees why the rows go", async ({ openPageOf, db, environment, apiKey }) => {
  const { displayName } = await apiKey(["environment:mcp"]);
  const member = await makeTestMember(db, "viewer");
  const page = await openPageOf(member);
  const keys = new KeysPage(page);
  await keys.open(environment.name);
  await expect(keys.row(displayName)).toBeVisible();
  await db.delete(members).where(eq(members.id, member.id));
  await expect(page.getByRole("heading", { name: "You no longer have access to these keys" })).toBeVisible({
    timeout: 10_000,
  });
  await expect(keys.row(displayName)).toHaveCount(0);
});
