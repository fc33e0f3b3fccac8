import { sql } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys";
import type { Queryable } from "../db/client";
import type { LastUse } from "./model";

export type KeyUse = {
  readonly keyId: number;
  readonly environmentId: number;
  readonly at: Date;
  readonly lastUse: LastUse;
};

/**
 * Writes the last use of many keys in one statement. It only moves forward: an older use than the one stored changes
 * nothing. Rows are locked in order of id, so that two processes writing the same keys wait and do not deadlock.
 */
export async function writeKeyUses(db: Queryable, uses: readonly KeyUse[]): Promise<void> {
  const rows = JSON.stringify(
    uses.map(({ keyId, environmentId, at, lastUse }) => ({
      id: keyId,
      environment_id: environmentId,
      at: at.toISOString(),
      last_use: lastUse,
    })),
  );
  await db.execute(sql`
    with uses as (
      select * from jsonb_to_recordset(${rows}::jsonb)
        as u(id bigint, environment_id bigint, at timestamptz, last_use jsonb)
    ), held as (
      select ${apiKeys.id} from ${apiKeys} where ${apiKeys.id} in (select id from uses)
      order by ${apiKeys.id} for no key update
    )
    update ${apiKeys} set last_used_at = uses.at, last_use = uses.last_use
    from uses join held on held.id = uses.id
    where ${apiKeys.id} = uses.id and ${apiKeys.environmentId} = uses.environment_id
      and (${apiKeys.lastUsedAt} is null or ${apiKeys.lastUsedAt} < uses.at)`);
}
