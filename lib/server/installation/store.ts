import { installation } from "@/drizzle/schema/installation";
import type { Queryable } from "@/lib/infrastructure/db/client";

/** The sealed known text, or null before the first start has finished. */
export async function findMasterKeyCheck(db: Queryable): Promise<Buffer | null> {
  const [row] = await db.select({ masterKeyCheck: installation.masterKeyCheck }).from(installation);
  return row?.masterKeyCheck ?? null;
}

/** Claims the first start. False when another process has it: it waits until that one's transaction has ended. */
export async function insertInstallation(db: Queryable, masterKeyCheck: Buffer): Promise<boolean> {
  const rows = await db
    .insert(installation)
    .values({ masterKeyCheck })
    .onConflictDoNothing()
    .returning({ id: installation.id });
  return rows.length === 1;
}
