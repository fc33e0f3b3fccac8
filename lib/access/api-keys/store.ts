import { and, asc, count, eq, inArray, ne, sql } from "drizzle-orm";
import { apiKeys } from "@/drizzle/schema/api-keys";
import { type Grant, isGrant } from "@/lib/access/scopes/catalog";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { nextId } from "@/lib/infrastructure/db/next-id";
import type { ApiKeySummary } from "./model";
import { lastUseSchema } from "./model";

// Explicit columns, so that a summary never contains the hash or the sealed key.
const summaryColumns = {
  id: apiKeys.id,
  displayName: apiKeys.displayName,
  prefix: apiKeys.prefix,
  lastFour: apiKeys.lastFour,
  scopes: apiKeys.scopes,
  createdBy: apiKeys.createdBy,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  lastUse: apiKeys.lastUse,
};

type SummaryRow = Omit<ApiKeySummary, "grants" | "createdAt" | "expiresAt" | "lastUsedAt" | "lastUse"> & {
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastUse: unknown;
};

/** Drops stored scopes that are not in the catalog: they grant nothing. */
function knownGrants(scopes: readonly string[]): Grant[] {
  return scopes.filter(isGrant);
}

function toSummary({ scopes, ...row }: SummaryRow): ApiKeySummary {
  return {
    ...row,
    grants: knownGrants(scopes),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUse: row.lastUse === null ? null : lastUseSchema.parse(row.lastUse),
  };
}

export async function listApiKeys(db: Queryable, environmentId: number): Promise<ApiKeySummary[]> {
  const rows = await db
    .select(summaryColumns)
    .from(apiKeys)
    .where(eq(apiKeys.environmentId, environmentId))
    .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
  return rows.map(toSummary);
}

export async function findApiKey(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<ApiKeySummary | null> {
  const [row] = await db
    .select(summaryColumns)
    .from(apiKeys)
    .where(and(eq(apiKeys.environmentId, environmentId), eq(apiKeys.id, id)));
  return row === undefined ? null : toSummary(row);
}

/** Finds the keys with these ids in the environment. Ids of other keys are ignored. */
export async function findApiKeys(
  db: Queryable,
  environmentId: number,
  ids: readonly number[],
): Promise<ApiKeySummary[]> {
  const rows = await db
    .select(summaryColumns)
    .from(apiKeys)
    .where(and(eq(apiKeys.environmentId, environmentId), inArray(apiKeys.id, [...ids])));
  return rows.map(toSummary);
}

export async function countApiKeys(db: Queryable, environmentId: number): Promise<number> {
  const [row] = await db
    .select({ keys: count() })
    .from(apiKeys)
    .where(eq(apiKeys.environmentId, environmentId));
  return row?.keys ?? 0;
}

/** True if a key of the environment other than `exceptId` has this name. Letter case is ignored. */
export async function isNameTaken(
  db: Queryable,
  environmentId: number,
  displayName: string,
  exceptId: number | null,
): Promise<boolean> {
  const [row] = await db
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.environmentId, environmentId),
        sql`lower(${apiKeys.displayName}) = lower(${displayName})`,
        exceptId === null ? undefined : ne(apiKeys.id, exceptId),
      ),
    );
  return row !== undefined;
}

/** Reserves the id of a new key. The key is sealed for this id before its row is inserted. */
export async function nextApiKeyId(db: Queryable): Promise<number> {
  return nextId(db, "api_keys");
}

export type NewApiKeyRow = {
  readonly id: number;
  readonly environmentId: number;
  readonly displayName: string;
  readonly hash: Buffer;
  readonly sealed: Buffer;
  readonly prefix: string;
  readonly lastFour: string;
  readonly grants: readonly Grant[];
  readonly createdBy: string;
};

export async function insertApiKey(db: Queryable, key: NewApiKeyRow): Promise<ApiKeySummary> {
  const { grants, ...columns } = key;
  const [row] = await db
    .insert(apiKeys)
    .values({ ...columns, scopes: [...grants] })
    .returning(summaryColumns);
  if (row === undefined) throw new Error("insert returned nothing");
  return toSummary(row);
}

export async function updateApiKey(
  db: Queryable,
  environmentId: number,
  id: number,
  values: { readonly displayName: string; readonly grants: readonly Grant[] },
): Promise<ApiKeySummary | null> {
  const [row] = await db
    .update(apiKeys)
    .set({ displayName: values.displayName, scopes: [...values.grants] })
    .where(and(eq(apiKeys.environmentId, environmentId), eq(apiKeys.id, id)))
    .returning(summaryColumns);
  return row === undefined ? null : toSummary(row);
}

export async function deleteApiKeyRow(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<ApiKeySummary | null> {
  const [row] = await db
    .delete(apiKeys)
    .where(and(eq(apiKeys.environmentId, environmentId), eq(apiKeys.id, id)))
    .returning(summaryColumns);
  return row === undefined ? null : toSummary(row);
}

/** Reads the sealed secret of a key. Only `revealApiKey` in `lifecycle.ts` calls it, and audits it. */
export async function findSealedKey(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<{ readonly displayName: string; readonly sealed: Buffer } | null> {
  const [row] = await db
    .select({ displayName: apiKeys.displayName, sealed: apiKeys.sealed })
    .from(apiKeys)
    .where(and(eq(apiKeys.environmentId, environmentId), eq(apiKeys.id, id)));
  return row ?? null;
}
