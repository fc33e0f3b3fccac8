import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { deployTestSync, makeTestIntegration } from "@/e2e/fixtures/synced-connection";
import { testDatabase } from "@/lib/testing/database";
import { authenticateSession } from "./authenticate";
import { findConnectTarget } from "./connect-target";
import { createConnectSession } from "./lifecycle";
import { saveConnection } from "./save-connection";

const { db, pool } = await testDatabase();
const masterKey = randomBytes(32);

it("creates the syncs of the integration for a new connection", async () => {
  const environment = await makeTestEnvironment(db, false);
  const integration = await makeTestIntegration(db, masterKey, environment.id);
  const sync = { name: "fetch", models: ["Item"], runs: "every hour", autoStart: true };
  await deployTestSync(db, environment.id, integration, sync);
  const created = await createConnectSession(db, environment.id, { end_user: { id: "ada" } });
  if (!created.ok) throw new Error("The session was not created");
  const session = await authenticateSession(db, created.value.token);
  if (!session.ok) throw new Error(session.error.message);
  const target = await findConnectTarget(db, session.value, integration.uniqueKey);
  if (!target.ok) throw new Error(target.error.message);

  const credentials = { type: "API_KEY", apiKey: "key" } as const;
  const outcome = await saveConnection({ db, masterKey }, target.value, {
    credentials,
    connectionConfig: {},
  });
  expect(outcome).toEqual({ ok: true, value: null });
  const rows = await pool`
    select f.name, s.schedule from syncs s
    join functions f on f.id = s.function_id
    join connections c on c.id = s.connection_id
    where c.end_user ->> 'id' = 'ada'`;
  expect([...rows]).toEqual([{ name: "fetch", schedule: "started" }]);
});
