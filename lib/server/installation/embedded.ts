import { fail, type Result } from "@/lib/infrastructure/result";
import { openPostgres, type PostgresServer } from "@/lib/server/postgres-server/open-postgres";
import { openDataFolder } from "./data-folder";
import { describeFileError } from "./describe-file-error";

/**
 * Starts the embedded database of a data folder, or connects to it if it is running already. Sets
 * DATABASE_URL in `process.env`, from which all settings are read. Sets the folder's secrets there too,
 * unless the operator has set them. The error is a message for the operator.
 */
export async function openEmbeddedDatabase(folder: string): Promise<Result<PostgresServer, string>> {
  const secrets = openDataFolder(folder);
  if (!secrets.ok) return secrets;
  try {
    const opened = await openPostgres(folder);
    if (!opened.ok) return opened;
    process.env.DATABASE_URL = opened.value.url;
    process.env.LATCHKEY_MASTER_KEY ||= secrets.value.masterKey;
    process.env.NEXTAUTH_SECRET ||= secrets.value.authSecret;
    return opened;
  } catch (error) {
    const reason = describeFileError(error);
    if (reason === null) throw error;
    return fail(`The embedded database in ${folder} did not start: ${reason} (${String(error)}).`);
  }
}
