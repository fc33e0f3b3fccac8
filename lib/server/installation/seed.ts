import { createEnvironment } from "@/lib/access/provisioning/create-environment";
import type { Database } from "@/lib/infrastructure/db/client";
import { sealMasterKeyCheck } from "./master-key-check";
import { findMasterKeyCheck, insertInstallation } from "./store";

const actor = { kind: "system", name: "system", address: null, userAgent: null } as const;

/** The environments of a new installation. */
const environments = [
  { name: "dev", isProduction: false },
  { name: "prod", isProduction: true },
] as const;

/**
 * Creates the first rows of a new database. Does nothing on a database that has been seeded, so that rows
 * that were deleted later stay deleted. If several processes start at the same time, one of them seeds and
 * the others wait for its transaction.
 */
export async function seed(db: Database, masterKey: Buffer): Promise<void> {
  // Nothing is written where there is nothing to do: a process also starts while the database is read-only.
  if ((await findMasterKeyCheck(db)) !== null) return;
  await db.transaction(async (tx) => {
    if (!(await insertInstallation(tx, sealMasterKeyCheck(masterKey)))) return;
    for (const values of environments) {
      const created = await createEnvironment(tx, masterKey, actor, values);
      if (!created.ok)
        throw new Error(`Creating the environment ${values.name} failed: ${created.error.code}`);
    }
  });
}
