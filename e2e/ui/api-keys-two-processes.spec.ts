import { callApi } from "@/e2e/fixtures/call-api";
import { startLatchkey } from "@/e2e/fixtures/latchkey-process";
import { expect, test } from "@/e2e/fixtures/test";
import { KeysPage } from "./keys-page";

test("two admins on two processes over one database see the same, and outlive one of them", async ({
  adminPage: page,
  browser,
  server,
  sessionOf,
  environment,
  apiKey,
}) => {
  const key = await apiKey(["environment:*"], { displayName: "Shared" });
  const second = await startLatchkey({ env: { LATCHKEY_DATA_DIR: server.dataDir } });
  await second.ready;
  const storageState = await sessionOf("admin");
  const context = await browser.newContext({ baseURL: second.baseURL, storageState });
  const other = await context.newPage();
  const [mine, theirs] = [new KeysPage(page), new KeysPage(other)];
  await Promise.all([mine.open(environment.name), theirs.open(environment.name)]);
  await expect(mine.updates).toHaveText("Live");
  await expect(theirs.updates).toHaveText("Live");

  const use = { method: "GET", path: "/connections", key: key.secret } as const;
  expect((await callApi(server.baseURL, use)).status).toBe(200);
  await expect(theirs.row("Shared")).toContainText("GET /connections");

  await theirs.startEditing("Shared");
  await theirs.nameField.fill("Renamed there");
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect(mine.row("Renamed there")).toBeVisible();

  // Open streams do not keep a process from ending after SIGTERM.
  second.child.kill("SIGTERM");
  expect((await second.ended).code).toBe(0);
  await expect(theirs.updates).toHaveText("Live updates paused, retrying");
  await expect(theirs.row("Renamed there")).toBeVisible();
  await expect(mine.updates).toHaveText("Live");
  await context.close();
});
