import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type EndUser, organizationTags, toEndUser } from "@/lib/upstream/connections/end-user";
import { findNamedConnection } from "@/lib/upstream/connections/store";
import { listIntegrations } from "@/lib/upstream/integrations/store";
import type { SessionInput } from "./input";
import { sessionMinutes } from "./model";
import { insertSession } from "./store";
import { hashSessionToken, makeSessionToken } from "./token";

/** The token is in no other place: what is stored cannot be turned back into it. */
export type OpenedSession = { readonly token: string; readonly expiresAt: Date };

/** Where in the input integrations are named that do not exist. */
export type UnknownIntegrations = readonly (readonly string[])[];

/** Opens a session in which an end user makes new connections. */
export async function createConnectSession(
  db: Database,
  environmentId: number,
  input: SessionInput,
): Promise<Result<OpenedSession, UnknownIntegrations>> {
  const unknown = await unknownIntegrations(db, environmentId, input);
  if (unknown.length > 0) return fail(unknown);
  const allowed = input.allowed_integrations ?? [];
  return ok(
    await open(db, environmentId, input, {
      endUser: endUserOf(input, null),
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
): Promise<Result<OpenedSession, UnknownIntegrations | "unknown_connection">> {
  const connection = await findNamedConnection(db, environmentId, target.uniqueKey, target.connectionId);
  if (connection === null) return fail("unknown_connection");
  const unknown = await unknownIntegrations(db, environmentId, input);
  if (unknown.length > 0) return fail(unknown);
  return ok(
    await open(db, environmentId, input, {
      endUser: endUserOf(input, connection.endUser),
      allowedIntegrations: [target.uniqueKey],
      reconnects: connection.id,
    }),
  );
}

type Kind = {
  readonly endUser: EndUser | null;
  readonly allowedIntegrations: readonly string[] | null;
  readonly reconnects: number | null;
};

async function open(
  db: Database,
  environmentId: number,
  input: SessionInput,
  kind: Kind,
): Promise<OpenedSession> {
  const token = makeSessionToken();
  const expiresAt = await insertSession(db, environmentId, {
    ...kind,
    // Without a person, the organization is known by its tags alone.
    tags: { ...(kind.endUser === null ? organizationTags(organizationOf(input)) : {}), ...input.tags },
    integrationsConfigDefaults: input.integrations_config_defaults ?? null,
    overrides: input.overrides ?? null,
    tokenHash: hashSessionToken(token),
    minutes: sessionMinutes,
  });
  return { token, expiresAt };
}

function organizationOf({ organization }: SessionInput): EndUser["organization"] {
  return organization === undefined
    ? null
    : { id: organization.id, display_name: organization.display_name ?? null };
}

function endUserOf(input: SessionInput, before: EndUser | null): EndUser | null {
  const endUser = input.end_user === undefined ? before : toEndUser(input.end_user, before);
  if (endUser === null || input.organization === undefined) return endUser;
  return { ...endUser, organization: organizationOf(input) };
}

async function unknownIntegrations(
  db: Database,
  environmentId: number,
  input: SessionInput,
): Promise<UnknownIntegrations> {
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
