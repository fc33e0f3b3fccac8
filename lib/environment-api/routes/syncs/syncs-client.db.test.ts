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

/* The public client, unmodified, over a real socket: every method that is about syncs or records. */

const runner = await startSyncRunner();
const functionRunner = createHttpFunctionRunner({ url: runner.url, timeoutMs: 5000 });
const { app, db, masterKey, environment, keyWith } = await testApi({ functionRunner: () => functionRunner });
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
    connectionId: connection.row,
    model: "Issue",
    records: Array.from({ length: 5 }, (_, n) => ({ id: `issue-${n}`, title: `Issue ${n}` })),
  });
  expect(saved.ok).toBe(true);
});

const key = () => connection.providerConfigKey;
const id = () => connection.connectionId;
const clientWith = async (...grants: Grant[]) =>
  new Nango({ host, secretKey: (await keyWith(...grants)).secret });
const place = () => ({ providerConfigKey: key(), connectionId: id() });
const ofBody = () => ({ provider_config_key: key(), connection_id: id() });

type Method = {
  readonly name: string;
  readonly scope: Scope;
  /** Calls the method, or methods, and checks what comes back. */
  readonly drive: (nango: Nango) => Promise<unknown>;
};

const methods: readonly Method[] = [
  {
    name: "listRecords",
    scope: "environment:records:read",
    drive: async (nango) => {
      const first = await nango.listRecords<{ id: string; title: string }>({
        ...place(),
        model: "Issue",
        limit: 3,
      });
      expect(first.records.map(({ title }) => title)).toEqual(["Issue 0", "Issue 1", "Issue 2"]);
      const second = await nango.listRecords({ ...place(), model: "Issue", cursor: first.next_cursor });
      expect(second.records.map((record) => record.id)).toEqual(["issue-3", "issue-4"]);
      expect(second.next_cursor).toBeNull();
      const picked = await nango.listRecords({
        ...place(),
        model: "Issue",
        ids: ["issue-1", "issue-4"],
        filter: "added",
      });
      expect(picked.records.map((record) => record.id)).toEqual(["issue-1", "issue-4"]);
      const since = await nango.listRecords({
        ...place(),
        model: "Issue",
        modifiedAfter: picked.records[1]?._nango_metadata.last_modified_at ?? "",
      });
      expect(since.records.map((record) => record.id)).toEqual(["issue-4"]);
    },
  },
  {
    name: "pruneRecords",
    scope: "environment:records:write",
    drive: async (nango) => {
      const reader = await clientWith("environment:records:read");
      const { records } = await reader.listRecords({ ...place(), model: "Issue" });
      const untilCursor = records[2]?._nango_metadata.cursor ?? "";
      expect(await nango.pruneRecords({ ...place(), model: "Issue", untilCursor })).toEqual({
        count: 3,
        has_more: false,
      });
    },
  },
  {
    name: "syncStatus",
    scope: "environment:syncs:read",
    drive: async (nango) => {
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
    drive: async (nango) => {
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
    drive: async (nango) => {
      expect(await nango.startSync(key(), ["issues"], id())).toMatchObject({ data: { success: true } });
    },
  },
  {
    name: "pauseSync",
    scope: "environment:syncs:execute",
    drive: async (nango) => {
      expect(await nango.pauseSync(key(), [])).toMatchObject({ data: { success: true } });
    },
  },
  {
    name: "updateSyncConnectionFrequency",
    scope: "environment:syncs:manage",
    drive: async (nango) => {
      const set = (frequency: string | null) =>
        nango.updateSyncConnectionFrequency(key(), "issues", id(), frequency);
      expect(await set("every half hour")).toEqual({ frequency: "every half hour" });
      expect(await set(null)).toEqual({ frequency: "every hour" });
    },
  },
  {
    name: "createSyncVariant",
    scope: "environment:syncs:manage",
    drive: async (nango) => {
      const made = await nango.createSyncVariant({ ...ofBody(), name: "issues", variant: "eu" });
      expect(made).toEqual({ id: expect.any(String), name: "issues", variant: "eu" });
    },
  },
  {
    name: "deleteSyncVariant",
    scope: "environment:syncs:manage",
    drive: async (nango) => {
      const variant = { ...ofBody(), name: "issues", variant: "us" };
      await (await clientWith("environment:syncs:manage")).createSyncVariant(variant);
      expect(await nango.deleteSyncVariant(variant)).toEqual({ success: true });
      expect((await (await clientWith(fullAccess)).syncStatus(key(), ["issues::us"], id())).syncs).toEqual(
        [],
      );
    },
  },
];

const successes = methods.flatMap<{ name: string; grant: Grant; drive: Method["drive"] }>(
  ({ name, scope, drive }) => [
    { name, grant: scope, drive },
    { name, grant: fullAccess, drive },
  ],
);

it.each(successes)("$name succeeds with $grant", async ({ grant, drive }) => {
  await drive(await clientWith(grant));
});

it.each(methods)("$name is refused to a key that lacks only $scope", async ({ scope, drive }) => {
  const nango = await clientWith(...allScopes.filter((held) => !covers([held], scope)));
  await expect(drive(nango)).rejects.toMatchObject({
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

it("a paused sync says so, and a started one that nothing runs does not pretend", async () => {
  const nango = await clientWith(fullAccess);
  const state = async () => (await nango.syncStatus(key(), ["issues"], id())).syncs[0]?.status;
  await nango.pauseSync(key(), ["issues"], id());
  expect(await state()).toBe("PAUSED");
  await nango.startSync(key(), ["issues"], id());
  expect(await state()).toBe("STOPPED");
});
