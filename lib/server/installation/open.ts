import postgres from "postgres";
import { closeDatabase, type Database, database } from "@/lib/infrastructure/db/client";
import { migrate } from "@/lib/infrastructure/db/migrate";
import { reachDatabase } from "@/lib/infrastructure/db/reach";
import {
  type EarlySettings,
  parseEarlySettings,
  type Settings,
  settings,
} from "@/lib/infrastructure/env/env";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { openEmbedded } from "./embedded";
import { fitsMasterKey } from "./master-key-check";
import { seed } from "./seed";
import { findMasterKeyCheck } from "./store";

export type Installation = {
  readonly settings: Settings;
  readonly db: Database;
  /** Where the data lives, in words for people. */
  readonly where: string;
  /** Closes the database; an embedded one stops unless another process uses it. */
  readonly leave: () => Promise<void>;
};

/** The settings of this process as far as they are known before its database. The failure is one message for people. */
export function earlySettings(): Result<EarlySettings, string> {
  const early = parseEarlySettings(process.env);
  return early.ok ? early : fail(["These settings are wrong:", ...early.error].join("\n  "));
}

/**
 * Makes everything ready to work on: settings, database, tables, first rows, the right master key. The server and the
 * command line both begin here, also at the same moment. The failure is a message for people.
 */
export async function openInstallation(): Promise<Result<Installation, string>> {
  const early = earlySettings();
  if (!early.ok) return early;
  const { dataFolder } = early.value;
  if (dataFolder === null) return onDatabase(placeOf(settings().databaseUrl), async () => {});
  const server = await openEmbedded(dataFolder);
  if (!server.ok) return server;
  const where = `${server.value.folder} (embedded PostgreSQL; its secrets are in ${dataFolder})`;
  const opened = await onDatabase(where, server.value.leave);
  if (!opened.ok) await server.value.leave();
  return opened;
}

async function onDatabase(
  where: string,
  leaveServer: () => Promise<void>,
): Promise<Result<Installation, string>> {
  const { databaseUrl, masterKey } = settings();
  const reached = await reachDatabase(databaseUrl);
  if (!reached.ok) return reached;
  try {
    await migrate(databaseUrl);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!(cause instanceof postgres.PostgresError)) throw error;
    return fail(`The tables of ${placeOf(databaseUrl)} could not be made or changed: ${cause.message}.`);
  }
  const db = database();
  await seed(db, masterKey);
  const leave = async () => {
    await closeDatabase();
    await leaveServer();
  };
  const check = await findMasterKeyCheck(db);
  if (check === null || !fitsMasterKey(masterKey, check)) {
    await closeDatabase();
    return fail(
      "The master key is not the one this database was set up with, so nothing in it can be opened: " +
        "set LATCHKEY_MASTER_KEY to the original.",
    );
  }
  return ok({ settings: settings(), db, where, leave });
}

function placeOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname} (PostgreSQL of DATABASE_URL)`;
}
