import { createApiKey } from "../lib/api-keys/lifecycle";
import { recordAudit } from "../lib/audit/store";
import type { Database } from "../lib/db/client";
import { insertEnvironment } from "../lib/environments/store";
import { sealMasterKeyCheck } from "../lib/installation/master-key-check";
import { insertInstallation } from "../lib/installation/store";
import { fullAccess } from "../lib/scopes/catalogue";

const actor = { kind: "system", name: "system", address: null, userAgent: null } as const;

/** The environments of a new installation, each with the seed's "Default - Full access" key. */
const environments = [
  { name: "dev", isProduction: false },
  { name: "prod", isProduction: true },
] as const;

/**
 * Fills a new database, once in its life: what people delete later stays deleted. Of several processes that start at
 * once one does it, in one transaction, and the others wait for it.
 */
export async function seed(db: Database, masterKey: Buffer): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await insertInstallation(tx, sealMasterKeyCheck(masterKey)))) return;
    for (const values of environments) {
      const environment = await insertEnvironment(tx, values);
      if (environment === null)
        throw new Error(`An environment ${values.name} exists without an installation`);
      const subject = { id: environment.id, name: environment.name };
      await recordAudit(tx, { action: "environment.create", actor, environment, subject });
      const created = await createApiKey(tx, masterKey, environment, actor, {
        displayName: "Default - Full access",
        grants: [fullAccess],
      });
      if (!created.ok) throw new Error(`The first key of ${values.name} was refused: ${created.error.code}`);
    }
  });
}
