import { isGrant } from "@/lib/access/scopes/catalog";
import type { Database } from "@/lib/infrastructure/db/client";
import { UncertainAnswerError } from "@/lib/infrastructure/db/uncertain-answer-error";
import type { StoredKey } from "./authenticate";

type Row = {
  readonly asked: string;
  readonly standby: boolean;
  /** Null when no key has the hash, as in the next three. */
  readonly id: string | null;
  readonly environment_id: string | null;
  readonly scopes: readonly string[] | null;
  readonly expires_at: Date | string | null;
};

/**
 * Creates a look-up by the unique index on the hash. The condition needs no environment, because the hash
 * determines it. Uses the driver directly: where the pool prepares statements, this one is prepared once per
 * connection. PostgreSQL parses and plans a query of drizzle every time, with one more round trip.
 *
 * Every answer has one row, which repeats the hash. Anything else rejects with `UncertainAnswerError`, so that
 * no lost or mixed-up answer can mean "there is no such key"; so does a standby, which can lag behind its
 * primary by any time. The hash is sent as text: the driver serializes the parameters again when it repeats a
 * statement that the session has lost, and a Buffer would then become another value (postgres 3.4.9,
 * connection.js, `retry`).
 */
export function createKeyLookup({ $client: sql }: Database): (hash: string) => Promise<StoredKey | null> {
  return async (hash) => {
    const [row, ...more] = await sql<Row[]>`
      select asked.hash as asked, pg_is_in_recovery() as standby, id, environment_id, scopes, expires_at
      from (select ${hash}::text as hash) as asked left join api_keys as k on k.hash = decode(asked.hash, 'hex')`;
    if (row === undefined || more.length > 0 || row.asked !== hash) {
      throw new UncertainAnswerError("The database did not answer the key lookup that was sent");
    }
    if (row.standby) throw new UncertainAnswerError("The database is a standby, which may lag behind");
    const { id, environment_id: environmentId, scopes, expires_at: expiresAt } = row;
    if (id === null || environmentId === null || scopes === null) return null;
    return {
      keyId: Number(id),
      environmentId: Number(environmentId),
      grants: scopes.filter(isGrant),
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    };
  };
}
