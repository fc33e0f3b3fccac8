import { sql } from "drizzle-orm";
import { expectAccessible, prepareForAxe } from "@/e2e/fixtures/accessibility";
import { connectGitHub } from "@/e2e/fixtures/connect-github";
import { test as base, expect } from "@/e2e/fixtures/test";

const integration = "github-of-a-rather-long-name-without-any-space-in-it";

const test = base.extend<{
  /** A connection whose every part is long, in an environment with two keys that can read it. */
  readonly connectionId: number;
}>({
  connectionId: async ({ db, masterKey, environment, apiKey }, use) => {
    await apiKey(["environment:*"], { displayName: "A rather long name of a key that has Full access" });
    await apiKey(["environment:connections:read", "environment:integrations:read"]);
    const { connectionId, integrationId } = await connectGitHub(db, masterKey, environment, {
      connection_id: `a-long-connection-id-${"0123456789".repeat(6)}`,
      integration,
      end_user: { id: "u1", email: "a.rather.long.name@a-rather-long-domain.example", display_name: "Ann" },
      tags: { "a-tag.of/some_length": "and.a.value.that.is.even.longer.than.that", team: "blue" },
      metadata: { list: ["x".repeat(200)] },
    });
    await db.execute(sql`insert into functions (environment_id, integration_id, kind, name, version, definition)
        values (${environment.id}, ${integrationId}, 'action', 'aRatherLongNameOfAnAction', '1', '{"description":"Does"}'::jsonb)`);
    await db.execute(sql`update connections set refresh_failure =
        '{"at":"2026-11-24T12:00:00Z","message":"The provider answered 400 (invalid_grant)","failures":3}'::jsonb
        where id = ${connectionId}`);
    await use(connectionId);
  },
});

for (const role of ["admin", "viewer"] as const) {
  test.describe(`for a person whose role is ${role}`, () => {
    for (const [what, pathOf] of [
      ["the integrations", () => "integrations"],
      ["an integration", () => `integrations/${integration}`],
      ["the connections", () => "connections"],
      ["a connection", (connectionId: number) => `connections/${connectionId}`],
    ] as const) {
      test(what, async ({ members, openPageOf, environment, connectionId }) => {
        const page = await openPageOf(members[role]);
        await prepareForAxe(page);
        await page.goto(`/env/${environment.name}/${pathOf(connectionId)}`);
        await page.getByText(/keys can read/).click();
        await expect(page.getByRole("list", { name: "Keys that can read this" })).toBeVisible();
        await expectAccessible(page);
      });
    }
  });
}

test("credentials that are shown", async ({ adminPage: page, environment, connectionId }) => {
  await prepareForAxe(page);
  await page.goto(`/env/${environment.name}/connections/${connectionId}`);
  await page.getByRole("button", { name: "Show credentials" }).click();
  const token = page.getByRole("textbox", { name: "access_token" });
  await expect(token).toBeVisible();
  await expectAccessible(page);
  await expect(token).toBeVisible();
});

for (const path of ["integrations", "connections", "connections?q=x", "connections/1"]) {
  test(`${path} of an environment without any`, async ({ adminPage: page, productionEnvironment }) => {
    await prepareForAxe(page);
    await page.goto(`/env/${productionEnvironment.name}/${path}`);
    await expectAccessible(page);
  });
}
