import { sql } from "drizzle-orm";
import { expectAccessible } from "@/e2e/fixtures/accessibility";
import { connectGitHub } from "@/e2e/fixtures/connect-github";
import { expect, test } from "@/e2e/fixtures/test";

for (const width of [1440, 320]) {
  test(`integrations and connections, ${width} px`, async ({
    adminPage: page,
    db,
    masterKey,
    environment,
    productionEnvironment,
    viewerPage,
    apiKey,
  }) => {
    test.slow();
    for (const each of [page, viewerPage]) {
      await each.emulateMedia({ reducedMotion: "reduce" });
      await each.setViewportSize({ width, height: 800 });
    }
    await apiKey(["environment:*"], { displayName: "A rather long name of a key that has Full access" });
    await apiKey(["environment:connections:read", "environment:integrations:read"]);
    const { connectionId, integrationId } = await connectGitHub(db, masterKey, environment, {
      connection_id: `a-long-connection-id-${"0123456789".repeat(6)}`,
      integration: "github-of-a-rather-long-name-without-any-space-in-it",
      end_user: { id: "u1", email: "a.rather.long.name@a-rather-long-domain.example", display_name: "Ann" },
      tags: { "a-tag.of/some_length": "and.a.value.that.is.even.longer.than.that", team: "blue" },
      metadata: { list: ["x".repeat(200)] },
    });
    await db.execute(sql`insert into functions (environment_id, integration_id, kind, name, version, definition)
        values (${environment.id}, ${integrationId}, 'action', 'aRatherLongNameOfAnAction', '1', '{"description":"Does"}'::jsonb)`);
    await db.execute(sql`update connections set refresh_failure =
        '{"at":"2026-11-24T12:00:00Z","message":"The provider answered 400 (invalid_grant)","failures":3}'::jsonb
        where id = ${connectionId}`);
    const key = "integrations/github-of-a-rather-long-name-without-any-space-in-it";
    for (const each of [page, viewerPage]) {
      for (const path of ["integrations", key, "connections", `connections/${connectionId}`]) {
        await each.goto(`/env/${environment.name}/${path}`);
        await each.getByText(/keys can read/).click();
        await expect(each.getByRole("list", { name: "Keys that can read this" })).toBeVisible();
        await expectAccessible(each);
      }
    }
    await page.goto(`/env/${environment.name}/connections/${connectionId}`);
    await page.getByRole("button", { name: "Show credentials" }).click();
    await expect(page.getByRole("textbox", { name: "access_token" })).toBeVisible();
    await expectAccessible(page);
    for (const path of ["integrations", "connections", "connections?q=x", "connections/1"]) {
      await page.goto(`/env/${productionEnvironment.name}/${path}`);
      await expectAccessible(page);
    }
  });
}
