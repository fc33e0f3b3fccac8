import { expect } from "@playwright/test";
import { z } from "zod";
import { saveRecords } from "@/lib/testing/save-records";
import type { ClientCall, Setting } from "./client-call";

const onSync = ({ resources }: Setting) => [resources.integration, ["issues"], resources.connection];
const done = () => expect.objectContaining({ status: 200, data: { success: true } });

const ofVariant = ({ resources }: Setting, variant: string) => [
  {
    name: "issues",
    variant,
    provider_config_key: resources.integration,
    connection_id: resources.connection,
  },
];

const ofRecords = ({ resources }: Setting) => ({
  providerConfigKey: resources.integration,
  connectionId: resources.connection,
  model: "Issue",
});

/** One record of the connection, as a sync leaves it. */
async function addRecord({ db, environmentId, full, resources }: Setting): Promise<void> {
  const [connection] = (await full.listConnections({ connectionId: resources.connection })).connections;
  if (connection === undefined) throw new Error("There is no such connection");
  const records = [{ id: "7", title: "Bug" }];
  const saved = await saveRecords(db, {
    environmentId,
    connectionRowId: connection.id,
    model: "Issue",
    records,
  });
  if (!saved.ok) throw new Error(saved.error);
}

const cursorsSchema = z.object({
  records: z.tuple([z.object({ _nango_metadata: z.object({ cursor: z.string() }) })]),
});

export const syncCalls = {
  syncStatus: {
    scope: "environment:syncs:read",
    route: "GET /sync/status",
    args: ({ resources }) => [resources.integration, "*", resources.connection],
    returns: () => ({
      syncs: expect.arrayContaining([expect.objectContaining({ name: "issues", variant: "base" })]),
    }),
  },
  triggerSync: {
    scope: "environment:syncs:execute",
    route: "POST /sync/trigger",
    args: onSync,
    returns: done,
  },
  startSync: {
    scope: "environment:syncs:execute",
    route: "POST /sync/start",
    args: onSync,
    returns: done,
  },
  pauseSync: {
    scope: "environment:syncs:execute",
    route: "POST /sync/pause",
    args: onSync,
    returns: done,
  },
  updateSyncConnectionFrequency: {
    scope: "environment:syncs:manage",
    route: "PUT /sync/update-connection-frequency",
    args: ({ resources }) => [resources.integration, "issues", resources.connection, "every 5 minutes"],
    returns: () => ({ frequency: expect.any(String) }),
  },
  createSyncVariant: {
    scope: "environment:syncs:manage",
    route: "POST /sync/{name}/variant/{variant}",
    args: (setting) => ofVariant(setting, "us"),
    returns: () => expect.objectContaining({ name: "issues", variant: "us" }),
  },
  deleteSyncVariant: {
    scope: "environment:syncs:manage",
    route: "DELETE /sync/{name}/variant/{variant}",
    args: (setting) => ofVariant(setting, "eu"),
    returns: () => ({ success: true }),
  },
  listRecords: {
    scope: "environment:records:read",
    route: "GET /records",
    args: async (setting) => {
      await addRecord(setting);
      return [ofRecords(setting)];
    },
    returns: () => ({ records: [expect.objectContaining({ id: "7", title: "Bug" })], next_cursor: null }),
  },
  pruneRecords: {
    scope: "environment:records:write",
    route: "PATCH /records/prune",
    args: async (setting) => {
      await addRecord(setting);
      const [record] = cursorsSchema.parse(await setting.full.listRecords(ofRecords(setting))).records;
      return [{ ...ofRecords(setting), untilCursor: record._nango_metadata.cursor }];
    },
    returns: () => ({ count: 1, has_more: false }),
  },
} as const satisfies Record<string, ClientCall>;
