import { z } from "zod";
import { formatConnectLink } from "@/lib/connect/sessions/connect-link";
import {
  type CreatedSession,
  createConnectSession,
  createReconnectSession,
} from "@/lib/connect/sessions/lifecycle";
import { newSessionSchema, reconnectSchema } from "@/lib/connect/sessions/session-input";
import { deleteSession } from "@/lib/connect/sessions/store";
import { noInput, scopedRoute } from "@/lib/environment-api/pipeline/scoped-route";
import { sessionRoute } from "@/lib/environment-api/pipeline/session-route";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectSessionDtoSchema, toConnectSessionDto } from "./connect-session-dto";
import { unknownIntegrations, unknownReconnectTarget } from "./connect-session-errors";

const createdSessionDtoSchema = z.strictObject({
  data: z.strictObject({ token: z.string(), connect_link: z.url(), expires_at: z.iso.datetime() }),
});

const toCreatedSessionDto = ({ token, expiresAt }: CreatedSession, origin: string) => ({
  data: { token, connect_link: formatConnectLink(origin, token), expires_at: expiresAt.toISOString() },
});

const create = scopedRoute({
  ...noInput,
  method: "POST",
  path: "/connect/sessions",
  scope: "environment:connect_sessions:write",
  summary: "Create a session in which an end user connects accounts",
  body: newSessionSchema,
  success: { status: 201, schema: createdSessionDtoSchema },
  handler: async ({ db, environmentId, origin, body }) => {
    const session = await createConnectSession(db, environmentId, body);
    return session.ok
      ? ok(toCreatedSessionDto(session.value, origin()))
      : fail(unknownIntegrations(session.error));
  },
});

const reconnect = scopedRoute({
  ...noInput,
  method: "POST",
  path: "/connect/sessions/reconnect",
  scope: "environment:connect_sessions:write",
  summary: "Create a session in which an end user renews the credentials of a connection",
  body: reconnectSchema,
  success: { status: 201, schema: createdSessionDtoSchema },
  handler: async ({ db, environmentId, origin, body }) => {
    const { connection_id, integration_id, ...input } = body;
    const target = { uniqueKey: integration_id, connectionId: connection_id };
    const session = await createReconnectSession(db, environmentId, target, input);
    if (session.ok) return ok(toCreatedSessionDto(session.value, origin()));
    const { error } = session;
    return fail(error === "unknown_connection" ? unknownReconnectTarget : unknownIntegrations(error));
  },
});

const read = sessionRoute({
  ...noInput,
  method: "GET",
  path: "/connect/session",
  summary: "Read the session of a token",
  success: { status: 200, schema: z.strictObject({ data: connectSessionDtoSchema }) },
  handler: async ({ session }) => ok({ data: toConnectSessionDto(session) }),
});

const end = sessionRoute({
  ...noInput,
  method: "DELETE",
  path: "/connect/session",
  summary: "End the session of a token",
  success: { status: 204, schema: z.null() },
  handler: async ({ db, session }) => {
    await deleteSession(db, session.environmentId, session.id);
    return ok(null);
  },
});

export const connectSessionRoutes = [create, reconnect, read, end];
