import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type EndUser, toEndUser, toOrganizationTags } from "@/lib/upstream/connections/end-user";
import { findConnectionByConnectionId } from "@/lib/upstream/connections/store";
import { listIntegrations } from "@/lib/upstream/integrations/store";
import { sessionLifetimeMinutes } from "./model";
import type { SessionInput } from "./session-input";
import { insertSession } from "./store";
import { generateSessionToken, hashSessionToken } from "./token";

/** The token is in no other place: what is stored cannot be turned back into it. */
export type CreatedSession = { readonly token: string; readonly expiresAt: Date };

/** Where in the input integrations are named that do not exist. */
export type UnknownIntegrationPaths = readonly (readonly string[])[];

/** Opens a session in which an end user makes new connections. */
export async function createConnectSession(
  db: Database,
  environmentId: number,
  input: SessionInput,
): Promise<Result<CreatedSession, UnknownIntegrationPaths>> {
  const unknown = await findUnknownIntegrations(db, environmentId, input);
  if (unknown.length > 0) return fail(unknown);
  const allowed = input.allowed_integrations ?? [];
  return ok(
    await createSession(db, environmentId, input, {
      endUser: toSessionEndUser(input, null),
      allowedIntegrations: allowed.length === 0 ? null : [...new Set(allowed)],
      reconnects: null,
    }),
  );
}

/** Opens a session that renews the credentials of one connection. */
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
  const unknown = await findUnknownIntegrations(db, environmentId, input);
  if (unknown.length > 0) return fail(unknown);
  return ok(
    await createSession(db, environmentId, input, {
      endUser: toSessionEndUser(input, connection.endUser),
      allowedIntegrations: [target.uniqueKey],
      reconnects: connection.id,
    }),
  );
}

type SessionTarget = {
  readonly endUser: EndUser | null;
  readonly allowedIntegrations: readonly string[] | null;
  readonly reconnects: number | null;
};

async function createSession(
  db: Database,
  environmentId: number,
  input: SessionInput,
  kind: SessionTarget,
): Promise<CreatedSession> {
  const token = generateSessionToken();
  const expiresAt = await insertSession(db, environmentId, {
    ...kind,
    // Without a person, the organization is known by its tags alone.
    tags: { ...(kind.endUser === null ? toOrganizationTags(toOrganization(input)) : {}), ...input.tags },
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

function toSessionEndUser(input: SessionInput, before: EndUser | null): EndUser | null {
  const endUser = input.end_user === undefined ? before : toEndUser(input.end_user, before);
  if (endUser === null || input.organization === undefined) return endUser;
  return { ...endUser, organization: toOrganization(input) };
}

async function findUnknownIntegrations(
  db: Database,
  environmentId: number,
  input: SessionInput,
): Promise<UnknownIntegrationPaths> {
  const known = new Set((await listIntegrations(db, environmentId)).map(({ uniqueKey }) => uniqueKey));
  const named = [
    ...(input.allowed_integrations ?? []).map(
      (key, at) => [key, "allowed_integrations", String(at)] as const,
    ),
    ...Object.keys(input.integrations_config_defaults ?? {}).map(
      (key) => [key, "integrations_config_defaults", key] as const,
    ),
    ...Object.keys(input.overrides ?? {}).map((key) => [key, "overrides", key] as const),
  ];
  return named.filter(([key]) => !known.has(key)).map(([, ...path]) => path);
}
