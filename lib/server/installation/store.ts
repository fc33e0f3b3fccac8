import { installation } from "@/drizzle/schema/installation";
import type { Queryable } from "@/lib/infrastructure/db/client";

/** Reads the sealed text that `matchesMasterKey` checks. Null before the database has been seeded. */
export async function findMasterKeyCheck(db: Queryable): Promise<Buffer | null> {
  const [row] = await db.select({ masterKeyCheck: installation.masterKeyCheck }).from(installation);
  return row?.masterKeyCheck ?? null;
}

/**
 * Inserts the row that marks the database as seeded. Returns false when the row exists already. If another
 * transaction is inserting it, waits for that transaction first.
 */
export async function insertInstallation(db: Queryable, masterKeyCheck: Buffer): Promise<boolean> {
  const rows = await db
    .insert(installation)
    .values({ masterKeyCheck })
    .onConflictDoNothing()
    .returning({ id: installation.id });
  return rows.length === 1;
}
