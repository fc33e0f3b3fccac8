import { z } from "zod";
import { formatConnectLink } from "@/lib/connect/sessions/connect-link";
import {
  type CreatedSession,
  createConnectSession,
  createReconnectSession,
} from "@/lib/connect/sessions/lifecycle";
import { newSessionSchema, reconnectSchema } from "@/lib/connect/sessions/session-input";
import { deleteSession } from "@/lib/connect/sessions/store";
import { connectSessionRoute } from "@/lib/environment-api/pipeline/connect-session-route";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectSessionDtoSchema, toConnectSessionDto } from "./connect-session-dto";
import { unknownIntegrations, unknownReconnectTarget } from "./connect-session-errors";

const createdSessionDtoSchema = z.strictObject({
  data: z.strictObject({ token: z.string(), connect_link: z.url(), expires_at: z.iso.datetime() }),
});

const toCreatedSessionDto = ({ token, expiresAt }: CreatedSession, origin: string) => ({
  data: { token, connect_link: formatConnectLink(origin, token), expires_at: expiresAt.toISOString() },
});

const create = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/connect/sessions",
  scope: "environment:connect_sessions:write",
  summary: "Create a session in which an end user connects accounts",
  body: newSessionSchema,
  response: { status: 201, schema: createdSessionDtoSchema },
  handler: async ({ db, environmentId, getOrigin, body }) => {
    const session = await createConnectSession(db, environmentId, body);
    return session.ok
      ? ok(toCreatedSessionDto(session.value, getOrigin()))
      : fail(unknownIntegrations(session.error));
  },
});

const reconnect = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/connect/sessions/reconnect",
  scope: "environment:connect_sessions:write",
  summary: "Create a session in which an end user renews the credentials of a connection",
  body: reconnectSchema,
  response: { status: 201, schema: createdSessionDtoSchema },
  handler: async ({ db, environmentId, getOrigin, body }) => {
    const { connection_id, integration_id, ...input } = body;
    const target = { uniqueKey: integration_id, connectionId: connection_id };
    const session = await createReconnectSession(db, environmentId, target, input);
    if (session.ok) return ok(toCreatedSessionDto(session.value, getOrigin()));
    const { error } = session;
    return fail(error === "unknown_connection" ? unknownReconnectTarget : unknownIntegrations(error));
  },
});

const read = connectSessionRoute({
  ...noInput,
  method: "GET",
  path: "/connect/session",
  summary: "Read the session of a token",
  response: { status: 200, schema: z.strictObject({ data: connectSessionDtoSchema }) },
  handler: async ({ connectSession }) => ok({ data: toConnectSessionDto(connectSession) }),
});

const end = connectSessionRoute({
  ...noInput,
  method: "DELETE",
  path: "/connect/session",
  summary: "End the session of a token",
  response: { status: 204, schema: z.null() },
  handler: async ({ db, connectSession }) => {
    await deleteSession(db, connectSession.environmentId, connectSession.id);
    return ok(null);
  },
});

export const connectSessionRoutes = [create, reconnect, read, end];
