import { isGrant } from "@/lib/access/scopes/catalog";
import type { Database } from "@/lib/infrastructure/db/client";
import type { StoredKey } from "./authenticate";

type Row = {
  readonly id: string;
  readonly environment_id: string;
  readonly scopes: readonly string[];
  readonly expires_at: Date | string | null;
};

/**
 * Creates a look-up by the unique index on the hash. The condition needs no environment, because the hash
 * determines it. Uses the driver directly, which prepares the statement once per connection. PostgreSQL
 * parses and plans a query of drizzle every time, with one more round trip.
 */
export function createKeyLookup({ $client: sql }: Database): (hash: string) => Promise<StoredKey | null> {
  return async (hash) => {
    const [row] = await sql<Row[]>`
      select id, environment_id, scopes, expires_at from api_keys where hash = ${Buffer.from(hash, "hex")}`;
    if (row === undefined) return null;
    return {
      keyId: Number(row.id),
      environmentId: Number(row.environment_id),
      grants: row.scopes.filter(isGrant),
      expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    };
  };
}
