import postgres from "postgres";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { openPool } from "./client";

/**
 * Checks that the database of `setting` can be reached. The error is a message for the operator with host, port
 * and database name, never with the password.
 */
export async function checkDatabaseConnection(
  url: string,
  setting: "DATABASE_URL" | "LATCHKEY_DATABASE_DIRECT_URL",
): Promise<Result<null, string>> {
  const pool = openPool(url, 1);
  try {
    await pool`select 1`;
    return ok(null);
  } catch (error) {
    const { hostname, port, pathname } = new URL(url);
    const address = `${hostname || "localhost"}:${port || "5432"}${pathname}`;
    return fail(`The database at ${address} cannot be reached (${formatReason(error)}): check ${setting}.`);
  } finally {
    await pool.end({ timeout: 0 });
  }
}

function formatReason(error: unknown): string {
  if (error instanceof postgres.PostgresError) return error.message;
  return error instanceof Error && "code" in error ? String(error.code) : "no response";
}
