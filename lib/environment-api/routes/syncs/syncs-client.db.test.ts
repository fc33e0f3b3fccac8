import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Nango } from "@nangohq/node";
import { afterAll, beforeEach, expect, it } from "vitest";
import { startSyncRunner } from "@/e2e/fixtures/sync-runner";
import {
  deployTestSync,
  makeTestConnection,
  makeTestIntegration,
  type TestConnection,
} from "@/e2e/fixtures/synced-connection";
import { allScopes, fullAccess, type Grant, type Scope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { createHttpFunctionRunner } from "@/lib/functions/runner/http-runner";
import { testApi } from "@/lib/testing/environment-api";
import { saveRecords } from "@/lib/testing/save-records";

/* Every method of the unmodified public client for syncs and records, over a real socket. */

const runner = await startSyncRunner();
const functionRunner = createHttpFunctionRunner({ url: runner.url, timeoutMs: 5000 });
const { app, db, masterKey, environment, keyWith } = await testApi({
  getFunctionRunner: () => functionRunner,
});
const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
if (address === null || typeof address === "string") throw new Error("The server has no port");
const host = `http://127.0.0.1:${address.port}`;
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await runner.close();
});

let connection: TestConnection;

beforeEach(async () => {
  const integration = await makeTestIntegration(db, masterKey, environment.id);
  const sync = { name: "issues", models: ["Issue"], runs: "every hour", autoStart: true };
  await deployTestSync(db, environment.id, integration, sync);
  connection = await makeTestConnection(db, masterKey, environment.id, integration);
  const saved = await saveRecords(db, {
    environmentId: environment.id,
    connectionRowId: connection.rowId,
    model: "Issue",
    records: Array.from({ length: 5 }, (_, n) => ({ id: `issue-${n}`, title: `Issue ${n}` })),
  });
  expect(saved.ok).toBe(true);
});

const key = () => connection.providerConfigKey;
const id = () => connection.connectionId;
const clientWith = async (...grants: Grant[]) =>
  new Nango({ host, secretKey: (await keyWith(...grants)).secret });
const target = () => ({ providerConfigKey: key(), connectionId: id() });
const bodyFields = () => ({ provider_config_key: key(), connection_id: id() });

type Method = {
  readonly name: string;
  readonly scope: Scope;
  /** Calls the method and checks its result. */
  readonly run: (nango: Nango) => Promise<unknown>;
};

const methods: readonly Method[] = [
  {
    name: "listRecords",
    scope: "environment:records:read",
    run: async (nango) => {
      const first = await nango.listRecords<{ id: string; title: string }>({
        ...target(),
        model: "Issue",
        limit: 3,
      });
      expect(first.records.map(({ title }) => title)).toEqual(["Issue 0", "Issue 1", "Issue 2"]);
      const second = await nango.listRecords({ ...target(), model: "Issue", cursor: first.next_cursor });
      expect(second.records.map((record) => record.id)).toEqual(["issue-3", "issue-4"]);
      expect(second.next_cursor).toBeNull();
      const picked = await nango.listRecords({
        ...target(),
        model: "Issue",
        ids: ["issue-1", "issue-4"],
        filter: "added",
      });
      expect(picked.records.map((record) => record.id)).toEqual(["issue-1", "issue-4"]);
      const since = await nango.listRecords({
        ...target(),
        model: "Issue",
        modifiedAfter: picked.records[1]?._nango_metadata.last_modified_at ?? "",
      });
      expect(since.records.map((record) => record.id)).toEqual(["issue-4"]);
    },
  },
  {
    name: "pruneRecords",
    scope: "environment:records:write",
    run: async (nango) => {
      const reader = await clientWith("environment:records:read");
      const { records } = await reader.listRecords({ ...target(), model: "Issue" });
      const untilCursor = records[2]?._nango_metadata.cursor ?? "";
      expect(await nango.pruneRecords({ ...target(), model: "Issue", untilCursor })).toEqual({
        count: 3,
        has_more: false,
      });
    },
  },
  {
    name: "syncStatus",
    scope: "environment:syncs:read",
    run: async (nango) => {
      for (const names of ["*", ["issues"], [{ name: "issues", variant: "base" }]] as const) {
        const { syncs } = await nango.syncStatus(key(), names === "*" ? names : [...names], id());
        expect(syncs).toMatchObject([
          { name: "issues", status: "STOPPED", nextScheduledSyncAt: null, recordCount: { Issue: 5 } },
        ]);
        expect(syncs[0]).not.toHaveProperty("finishedAt");
      }
    },
  },
  {
    name: "triggerSync",
    scope: "environment:syncs:execute",
    run: async (nango) => {
      expect(await nango.triggerSync(key(), ["issues"], id(), { reset: true })).toMatchObject({
        status: 200,
      });
      expect(await nango.triggerSync(key(), ["issues"], id(), "full_refresh")).toMatchObject({ status: 200 });
      expect(await nango.triggerSync(key())).toMatchObject({ status: 200, data: { success: true } });
    },
  },
  {
    name: "startSync",
    scope: "environment:syncs:execute",
    run: async (nango) => {
      expect(await nango.startSync(key(), ["issues"], id())).toMatchObject({ data: { success: true } });
    },
  },
  {
    name: "pauseSync",
    scope: "environment:syncs:execute",
    run: async (nango) => {
      expect(await nango.pauseSync(key(), [])).toMatchObject({ data: { success: true } });
    },
  },
  {
    name: "updateSyncConnectionFrequency",
    scope: "environment:syncs:manage",
    run: async (nango) => {
      const set = (frequency: string | null) =>
        nango.updateSyncConnectionFrequency(key(), "issues", id(), frequency);
      expect(await set("every half hour")).toEqual({ frequency: "every half hour" });
      expect(await set(null)).toEqual({ frequency: "every hour" });
    },
  },
  {
    name: "createSyncVariant",
    scope: "environment:syncs:manage",
    run: async (nango) => {
      const made = await nango.createSyncVariant({ ...bodyFields(), name: "issues", variant: "eu" });
      expect(made).toEqual({ id: expect.any(String), name: "issues", variant: "eu" });
    },
  },
  {
    name: "deleteSyncVariant",
    scope: "environment:syncs:manage",
    run: async (nango) => {
      const variant = { ...bodyFields(), name: "issues", variant: "us" };
      await (await clientWith("environment:syncs:manage")).createSyncVariant(variant);
      expect(await nango.deleteSyncVariant(variant)).toEqual({ success: true });
      expect((await (await clientWith(fullAccess)).syncStatus(key(), ["issues::us"], id())).syncs).toEqual(
        [],
      );
    },
  },
];

const successes = methods.flatMap<{ name: string; grant: Grant; run: Method["run"] }>(
  ({ name, scope, run }) => [
    { name, grant: scope, run },
    { name, grant: fullAccess, run },
  ],
);

it.each(successes)("$name succeeds with $grant", async ({ grant, run }) => {
  await run(await clientWith(grant));
});

it.each(methods)("$name is denied to a key that lacks only $scope", async ({ scope, run }) => {
  const nango = await clientWith(...allScopes.filter((held) => !covers([held], scope)));
  await expect(run(nango)).rejects.toMatchObject({
    response: {
      status: 403,
      data: {
        error: {
          code: "forbidden",
          message: `Insufficient scope. Required: ${scope}`,
          required_scope: scope,
        },
      },
    },
  });
});

it("syncStatus shows a paused sync as PAUSED, and a started one that never ran as STOPPED", async () => {
  const nango = await clientWith(fullAccess);
  const state = async () => (await nango.syncStatus(key(), ["issues"], id())).syncs[0]?.status;
  await nango.pauseSync(key(), ["issues"], id());
  expect(await state()).toBe("PAUSED");
  await nango.startSync(key(), ["issues"], id());
  expect(await state()).toBe("STOPPED");
});
