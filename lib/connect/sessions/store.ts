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
  reconnects: connectSessions.reconnects,
  connected: connectSessions.connected,
  expiresAt: connectSessions.expiresAt,
};

export type NewConnectSession = Omit<ConnectSession, "id" | "environmentId" | "connected" | "expiresAt"> & {
  readonly tokenHash: Buffer;
  readonly minutes: number;
};

/** Adds a session, and clears away those of the environment that ended a day ago or more. Returns when it ends. */
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
  if (row === undefined) throw new Error("An insert returned nothing");
  return row.expiresAt;
}

/** The session of a token's hash while it lasts. The hash is the tenant here. */
export async function findSession(db: Queryable, tokenHash: Buffer): Promise<ConnectSession | null> {
  const [row] = await db
    .select(columns)
    .from(connectSessions)
    .where(and(eq(connectSessions.tokenHash, tokenHash), gt(connectSessions.expiresAt, sql`now()`)));
  return row ?? null;
}

const withId = (environmentId: number, id: number) =>
  and(eq(connectSessions.environmentId, environmentId), eq(connectSessions.id, id));

export async function recordConnectedConnection(
  db: Queryable,
  environmentId: number,
  id: number,
  connected: number,
): Promise<void> {
  await db.update(connectSessions).set({ connected }).where(withId(environmentId, id));
}

export async function deleteSession(db: Queryable, environmentId: number, id: number): Promise<void> {
  await db.delete(connectSessions).where(withId(environmentId, id));
}
