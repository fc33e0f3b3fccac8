import postgres from "postgres";
import { checkDatabaseConnection } from "@/lib/infrastructure/db/check-connection";
import { closeDatabase, type Database, database } from "@/lib/infrastructure/db/client";
import { detectPooler, type Pooler } from "@/lib/infrastructure/db/detect-pooler";
import { MigrationLockError, migrate } from "@/lib/infrastructure/db/migrate";
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
  /** Describes for the operator where the data is stored. */
  readonly dataLocation: string;
  /** What is between this process and PostgreSQL at DATABASE_URL. */
  readonly pooler: Pooler;
  /** Whether LISTEN works: not through a pooler in transaction mode. */
  readonly canListen: boolean;
  /** Closes the database connections. Stops an embedded server unless another process uses it. */
  readonly close: () => Promise<void>;
};

/**
 * Reads the settings that are needed before the database is open. The error is a message for the operator.
 */
export function readBootstrapSettings(): Result<BootstrapSettings, string> {
  const parsed = parseBootstrapSettings(process.env);
  return parsed.ok ? parsed : fail(["These settings are invalid:", ...parsed.error].join("\n  "));
}

/**
 * Opens the installation: reads the settings, connects to the database, migrates and seeds it, and checks the
 * master key. The server and the command line both call it, also at the same time. The error is a message for
 * the operator.
 */
export async function openInstallation(): Promise<Result<Installation, string>> {
  const bootstrap = readBootstrapSettings();
  if (!bootstrap.ok) return bootstrap;
  const { dataFolder } = bootstrap.value;
  if (dataFolder === null)
    return prepareInstallation(formatDatabaseLocation(settings().databaseUrl), async () => {});
  const server = await openEmbeddedDatabase(dataFolder);
  if (!server.ok) return server;
  const dataLocation = `${server.value.folder} (embedded PostgreSQL; its secrets are in ${dataFolder})`;
  const opened = await prepareInstallation(dataLocation, server.value.release);
  if (!opened.ok) await server.value.release();
  return opened;
}

async function prepareInstallation(
  dataLocation: string,
  releaseServer: () => Promise<void>,
): Promise<Result<Installation, string>> {
  const { databaseUrl, databaseDirectUrl, masterKey } = settings();
  const connected = await checkDatabaseConnection(databaseUrl, "DATABASE_URL");
  if (!connected.ok) return connected;
  if (databaseDirectUrl !== null) {
    const direct = await checkDatabaseConnection(databaseDirectUrl, "LATCHKEY_DATABASE_DIRECT_URL");
    if (!direct.ok) return direct;
  }
  const pooler = await detectPooler(databaseUrl);
  const directPooler = databaseDirectUrl === null ? pooler : await detectPooler(databaseDirectUrl);
  try {
    const onWait = (message: string) => process.stderr.write(`${message}\n`);
    await migrate(databaseDirectUrl ?? databaseUrl, { onWait });
  } catch (error) {
    if (error instanceof MigrationLockError) return fail(`The database was not migrated: ${error.message}.`);
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!(cause instanceof postgres.PostgresError)) throw error;
    return fail(`Migrating ${formatDatabaseLocation(databaseUrl)} failed: ${cause.message}.`);
  }
  const db = database();
  await seed(db, masterKey);
  const close = async () => {
    await closeDatabase();
    await releaseServer();
  };
  const check = await findMasterKeyCheck(db);
  if (check === null || !matchesMasterKey(masterKey, check)) {
    await closeDatabase();
    return fail(
      "The master key is not the one this database was set up with, so its secrets cannot be decrypted: " +
        "set LATCHKEY_MASTER_KEY to the original key.",
    );
  }
  const canListen = directPooler !== "transaction";
  return ok({ settings: settings(), db, dataLocation, pooler, canListen, close });
}

function formatDatabaseLocation(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname} (PostgreSQL at DATABASE_URL)`;
}
