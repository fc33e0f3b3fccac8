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
  reconnectConnectionId: connectSessions.reconnects,
  lastConnectionId: connectSessions.connected,
  expiresAt: connectSessions.expiresAt,
};

export type NewConnectSession = Omit<
  ConnectSession,
  "id" | "environmentId" | "lastConnectionId" | "expiresAt"
> & {
  readonly tokenHash: Buffer;
  readonly minutes: number;
};

/**
 * Inserts a session and deletes the environment's sessions that expired over a day ago. Returns the new one's
 * expiry.
 */
export async function insertSession(
  db: Queryable,
  environmentId: number,
  { minutes, allowedIntegrations, reconnectConnectionId, ...values }: NewConnectSession,
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
      reconnects: reconnectConnectionId,
      expiresAt: sql`now() + make_interval(mins => ${minutes})`,
    })
    .returning({ expiresAt: connectSessions.expiresAt });
  if (row === undefined) throw new Error("The insert returned no row");
  return row.expiresAt;
}

/**
 * Finds a session that has not expired by the hash of its token. Needs no environment id, as the hash
 * determines the session and with it the environment.
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

/** Stores the row id of the connection that a session created or renewed last. */
export async function recordConnectedConnection(
  db: Queryable,
  environmentId: number,
  id: number,
  connectionId: number,
): Promise<void> {
  await db.update(connectSessions).set({ connected: connectionId }).where(bySessionId(environmentId, id));
}

/** Deletes a session; its token is invalid from then on. */
export async function deleteSession(db: Queryable, environmentId: number, id: number): Promise<void> {
  await db.delete(connectSessions).where(bySessionId(environmentId, id));
}
