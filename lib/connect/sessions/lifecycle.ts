import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type EndUser, toEndUser, toOrganizationTags } from "@/lib/upstream/connections/end-user";
import { findConnectionByConnectionId } from "@/lib/upstream/connections/store";
import { listIntegrations } from "@/lib/upstream/integrations/store";
import { sessionLifetimeMinutes } from "./model";
import type { SessionInput } from "./session-input";
import { insertSession } from "./store";
import { generateSessionToken, hashSessionToken } from "./token";

/** A new session's token and expiry. The token cannot be read again, because only its hash is stored. */
export type CreatedSession = { readonly token: string; readonly expiresAt: Date };

/** Paths of the fields in the input that name unknown integrations. */
export type UnknownIntegrationPaths = readonly (readonly string[])[];

/**
 * Creates a session in which an end user creates connections. Fails when the input names an unknown
 * integration.
 */
export async function createConnectSession(
  db: Database,
  environmentId: number,
  input: SessionInput,
): Promise<Result<CreatedSession, UnknownIntegrationPaths>> {
  const unknownPaths = await findUnknownIntegrations(db, environmentId, input);
  if (unknownPaths.length > 0) return fail(unknownPaths);
  const allowed = input.allowed_integrations ?? [];
  return ok(
    await createSession(db, environmentId, input, {
      endUser: toSessionEndUser(input, null),
      allowedIntegrations: allowed.length === 0 ? null : [...new Set(allowed)],
      reconnectConnectionRowId: null,
    }),
  );
}

/** Creates a session in which an end user reconnects one connection. */
export async function createReconnectSession(
  db: Database,
  environmentId: number,
  target: { readonly uniqueKey: string; readonly connectionId: string },
  input: SessionInput,
): Promise<Result<CreatedSession, UnknownIntegrationPaths | "unknown_connection">> {
  const connection = await findConnectionByConnectionId(
    db,
    environmentId,
    target.uniqueKey,
    target.connectionId,
  );
  if (connection === null) return fail("unknown_connection");
  const unknownPaths = await findUnknownIntegrations(db, environmentId, input);
  if (unknownPaths.length > 0) return fail(unknownPaths);
  return ok(
    await createSession(db, environmentId, input, {
      endUser: toSessionEndUser(input, connection.endUser),
      allowedIntegrations: [target.uniqueKey],
      reconnectConnectionRowId: connection.id,
    }),
  );
}

type SessionTarget = {
  readonly endUser: EndUser | null;
  readonly allowedIntegrations: readonly string[] | null;
  readonly reconnectConnectionRowId: number | null;
};

async function createSession(
  db: Database,
  environmentId: number,
  input: SessionInput,
  target: SessionTarget,
): Promise<CreatedSession> {
  const token = generateSessionToken();
  const expiresAt = await insertSession(db, environmentId, {
    ...target,
    // A session without an end user stores the organization in its tags only.
    tags: { ...(target.endUser === null ? toOrganizationTags(toOrganization(input)) : {}), ...input.tags },
    integrationsConfigDefaults: input.integrations_config_defaults ?? null,
    overrides: input.overrides ?? null,
    tokenHash: hashSessionToken(token),
    minutes: sessionLifetimeMinutes,
  });
  return { token, expiresAt };
}

function toOrganization({ organization }: SessionInput): EndUser["organization"] {
  return organization === undefined
    ? null
    : { id: organization.id, display_name: organization.display_name ?? null };
}

function toSessionEndUser(input: SessionInput, current: EndUser | null): EndUser | null {
  const endUser = input.end_user === undefined ? current : toEndUser(input.end_user, current);
  if (endUser === null || input.organization === undefined) return endUser;
  return { ...endUser, organization: toOrganization(input) };
}

async function findUnknownIntegrations(
  db: Database,
  environmentId: number,
  input: SessionInput,
): Promise<UnknownIntegrationPaths> {
  const integrations = await listIntegrations(db, environmentId);
  const existingKeys = new Set(integrations.map(({ uniqueKey }) => uniqueKey));
  const keysWithPaths = [
    ...(input.allowed_integrations ?? []).map(
      (key, index) => [key, "allowed_integrations", String(index)] as const,
    ),
    ...Object.keys(input.integrations_config_defaults ?? {}).map(
      (key) => [key, "integrations_config_defaults", key] as const,
    ),
    ...Object.keys(input.overrides ?? {}).map((key) => [key, "overrides", key] as const),
  ];
  return keysWithPaths.filter(([key]) => !existingKeys.has(key)).map(([, ...path]) => path);
}
