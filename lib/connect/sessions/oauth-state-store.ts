import { and, eq, gt, sql } from "drizzle-orm";
import { oauthStates } from "@/drizzle/schema/connect-sessions";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { nextId } from "@/lib/infrastructure/db/next-id";
import type { JsonObject } from "@/lib/upstream/connections/model";
import type { ConnectSession } from "./model";

/** Reserves the id of a new row. The code verifier is sealed with the id before the insert. */
export async function nextOAuthStateId(db: Queryable): Promise<number> {
  return nextId(db, "oauth_states");
}

export type NewOAuthState = {
  readonly id: number;
  readonly stateHash: Buffer;
  readonly integrationId: number;
  readonly addressVersion: number;
  readonly codeVerifierSealed: Buffer;
  readonly connectionConfig: JsonObject;
  readonly minutes: number;
};

/** Stores an authorization request that expires after `minutes`. */
export async function insertOAuthState(
  db: Queryable,
  session: ConnectSession,
  { minutes, ...values }: NewOAuthState,
): Promise<void> {
  await db.insert(oauthStates).values({
    ...values,
    connectSessionId: session.id,
    expiresAt: sql`now() + make_interval(mins => ${minutes})`,
  });
}

export type ConsumedOAuthState = {
  readonly id: number;
  readonly integrationKey: string;
  readonly addressVersion: number;
  readonly codeVerifierSealed: Buffer;
  readonly connectionConfig: JsonObject;
};

/**
 * Deletes and returns the session's authorization request with this state, so that it can be used only once.
 * Null when there is none, it has expired or its integration was deleted.
 */
export async function consumeOAuthState(
  db: Queryable,
  session: ConnectSession,
  stateHash: Buffer,
): Promise<ConsumedOAuthState | null> {
  const [row] = await db
    .delete(oauthStates)
    .where(
      and(
        eq(oauthStates.stateHash, stateHash),
        eq(oauthStates.connectSessionId, session.id),
        gt(oauthStates.expiresAt, sql`now()`),
      ),
    )
    .returning({
      id: oauthStates.id,
      integrationId: oauthStates.integrationId,
      addressVersion: oauthStates.addressVersion,
      codeVerifierSealed: oauthStates.codeVerifierSealed,
      connectionConfig: oauthStates.connectionConfig,
    });
  if (row === undefined) return null;
  const { integrationId, ...state } = row;
  const [integration] = await db
    .select({ integrationKey: integrations.uniqueKey })
    .from(integrations)
    .where(and(eq(integrations.environmentId, session.environmentId), eq(integrations.id, integrationId)));
  return integration === undefined ? null : { ...state, ...integration };
}
