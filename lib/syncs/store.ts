import { sql } from "drizzle-orm";
import { connections } from "../../drizzle/schema/connections";
import { functions } from "../../drizzle/schema/functions";
import { syncs } from "../../drizzle/schema/syncs";
import type { Queryable } from "../db/client";

/**
 * Makes the base syncs that are missing between the live connections and the sync functions of an integration: started
 * when the function is to start by itself, paused otherwise. To call in the transaction that adds a connection or a
 * function, after it: whichever of two such transactions comes second then sees both.
 */
export async function ensureSyncs(
  db: Queryable,
  environmentId: number,
  integrationId: number,
): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`syncs:${integrationId}`}, 0))`);
  await db.execute(sql`
    insert into ${syncs} (environment_id, connection_id, function_id, schedule)
    select ${connections.environmentId}, ${connections.id}, ${functions.id},
      case when ${functions.definition} ->> 'autoStart' = 'true' then 'started' else 'paused' end
    from ${connections} inner join ${functions} on ${functions.integrationId} = ${connections.integrationId}
    where ${connections.environmentId} = ${environmentId} and ${functions.environmentId} = ${environmentId}
      and ${connections.integrationId} = ${integrationId} and ${connections.deletedAt} is null
      and ${functions.kind} = 'sync'
    on conflict do nothing`);
}
