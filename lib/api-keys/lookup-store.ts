import { eq, sql } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys";
import type { Database } from "../db/client";
import { isGrant } from "../scopes/catalogue";
import type { KnownKey } from "./authenticate";

/** A look-up over one prepared statement: one read of the unique index on the hash. The hash is the tenant here. */
export function keyLookup(db: Database): (hash: Buffer) => Promise<KnownKey | null> {
  const statement = db
    .select({
      keyId: apiKeys.id,
      environmentId: apiKeys.environmentId,
      scopes: apiKeys.scopes,
      expiresAt: apiKeys.expiresAt,
    })
    .from(apiKeys)
    .where(eq(apiKeys.hash, sql.placeholder("hash")))
    .prepare("api_key_by_hash");
  return async (hash) => {
    const [row] = await statement.execute({ hash });
    if (row === undefined) return null;
    const { scopes, ...known } = row;
    return { ...known, grants: scopes.filter(isGrant) };
  };
}
