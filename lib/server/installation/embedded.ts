import { fail, type Result } from "@/lib/infrastructure/result";
import { openPostgres, type PostgresServer } from "@/lib/server/postgres-server/open-postgres";
import { openDataFolder } from "./data-folder";
import { describeFileError } from "./describe-file-error";

/**
 * Starts or joins the embedded database of a data folder and puts its address, and the folder's secrets unless they
 * are set, into `process.env`, where every part of this process finds its settings. The failure is a sentence.
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
    return fail(`The embedded database in ${folder} cannot be started: ${reason} (${String(error)}).`);
  }
}
