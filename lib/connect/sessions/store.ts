import { and, eq, gt, sql } from "drizzle-orm";
import { connectSessions } from "@/drizzle/schema/connect-sessions";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { ConnectSession } from "./model";

const columns = {
  id: connectSessions.id,
  environmentId: connectSessions.environmentId,
  endUser: connectSessions.endUser,
  tags: connectSessions.tags,
  allowedIntegrations: connectSessions.allowedIntegrations,
  integrationsConfigDefaults: connectSessions.integrationsConfigDefaults,
  overrides: connectSessions.overrides,
  reconnectConnectionRowId: connectSessions.reconnectConnectionRowId,
  lastConnectionRowId: connectSessions.lastConnectionRowId,
  expiresAt: connectSessions.expiresAt,
};

export type NewConnectSession = Omit<
  ConnectSession,
  "id" | "environmentId" | "lastConnectionRowId" | "expiresAt"
> & {
  readonly tokenHash: Buffer;
  readonly minutes: number;
};

/**
 * Inserts a session and returns when it expires. Also deletes the environment's sessions that expired over a
 * day ago.
 */
export async function insertSession(
  db: Queryable,
  environmentId: number,
  { minutes, allowedIntegrations, ...values }: NewConnectSession,
): Promise<Date> {
  await db
    .delete(connectSessions)
    .where(
      and(
        eq(connectSessions.environmentId, environmentId),
        sql`${connectSessions.expiresAt} < now() - interval '1 day'`,
      ),
    );
  const [row] = await db
    .insert(connectSessions)
    .values({
      ...values,
      environmentId,
      allowedIntegrations: allowedIntegrations === null ? null : [...allowedIntegrations],
      expiresAt: sql`now() + make_interval(mins => ${minutes})`,
    })
    .returning({ expiresAt: connectSessions.expiresAt });
  if (row === undefined) throw new Error("The insert returned no row");
  return row.expiresAt;
}

/**
 * Finds a session by the hash of its token; null when there is none or it has expired. Needs no environment
 * id, because the hash determines the session and with it the environment.
 */
export async function findSession(db: Queryable, tokenHash: Buffer): Promise<ConnectSession | null> {
  const [row] = await db
    .select(columns)
    .from(connectSessions)
    .where(and(eq(connectSessions.tokenHash, tokenHash), gt(connectSessions.expiresAt, sql`now()`)));
  return row ?? null;
}

const bySessionId = (environmentId: number, id: number) =>
  and(eq(connectSessions.environmentId, environmentId), eq(connectSessions.id, id));

/** Stores which connection a session created or reconnected last. */
export async function setLastConnection(
  db: Queryable,
  environmentId: number,
  id: number,
  connectionRowId: number,
): Promise<void> {
  await db
    .update(connectSessions)
    .set({ lastConnectionRowId: connectionRowId })
    .where(bySessionId(environmentId, id));
}

/** Deletes a session. Its token is then invalid. */
export async function deleteSession(db: Queryable, environmentId: number, id: number): Promise<void> {
  await db.delete(connectSessions).where(bySessionId(environmentId, id));
}
