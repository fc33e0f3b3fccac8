import postgres from "postgres";
import { checkDatabaseConnection } from "@/lib/infrastructure/db/check-connection";
import { closeDatabase, type Database, database } from "@/lib/infrastructure/db/client";
import { migrate } from "@/lib/infrastructure/db/migrate";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import {
  type BootstrapSettings,
  parseBootstrapSettings,
  type Settings,
  settings,
} from "@/lib/infrastructure/settings/settings";
import { openEmbeddedDatabase } from "./embedded";
import { matchesMasterKey } from "./master-key-check";
import { seed } from "./seed";
import { findMasterKeyCheck } from "./store";

export type Installation = {
  readonly settings: Settings;
  readonly db: Database;
  /** Where the data lives, in words for people. */
  readonly dataLocation: string;
  /** Closes the database; an embedded one stops unless another process uses it. */
  readonly close: () => Promise<void>;
};

/** The settings of this process as far as they are known before its database. The failure is one message for people. */
export function earlySettings(): Result<BootstrapSettings, string> {
  const early = parseBootstrapSettings(process.env);
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
  if (dataFolder === null)
    return prepareInstallation(formatDatabaseLocation(settings().databaseUrl), async () => {});
  const server = await openEmbeddedDatabase(dataFolder);
  if (!server.ok) return server;
  const where = `${server.value.folder} (embedded PostgreSQL; its secrets are in ${dataFolder})`;
  const opened = await prepareInstallation(where, server.value.release);
  if (!opened.ok) await server.value.release();
  return opened;
}

async function prepareInstallation(
  dataLocation: string,
  leaveServer: () => Promise<void>,
): Promise<Result<Installation, string>> {
  const { databaseUrl, masterKey } = settings();
  const reached = await checkDatabaseConnection(databaseUrl);
  if (!reached.ok) return reached;
  try {
    await migrate(databaseUrl);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!(cause instanceof postgres.PostgresError)) throw error;
    return fail(
      `The tables of ${formatDatabaseLocation(databaseUrl)} could not be made or changed: ${cause.message}.`,
    );
  }
  const db = database();
  await seed(db, masterKey);
  const close = async () => {
    await closeDatabase();
    await leaveServer();
  };
  const check = await findMasterKeyCheck(db);
  if (check === null || !matchesMasterKey(masterKey, check)) {
    await closeDatabase();
    return fail(
      "The master key is not the one this database was set up with, so nothing in it can be opened: " +
        "set LATCHKEY_MASTER_KEY to the original.",
    );
  }
  return ok({ settings: settings(), db, dataLocation, close });
}

function formatDatabaseLocation(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname} (PostgreSQL of DATABASE_URL)`;
}
