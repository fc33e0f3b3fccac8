import { z } from "zod";
import { insufficientScope } from "@/lib/environment-api/pipeline/errors";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { fail, ok } from "@/lib/infrastructure/result";
import { findSealedCredentials } from "@/lib/upstream/connections/credentials-store";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { getFreshCredentials } from "@/lib/upstream/connections/refresh";
import { unsealCredentials } from "@/lib/upstream/connections/secret";
import {
  findConnection,
  findConnectionAndMarkFetched,
  listConnections,
} from "@/lib/upstream/connections/store";
import {
  toCredentialsOutput,
  toCredentialsOutputWithoutRefreshToken,
} from "@/lib/upstream/providers/credentials";
import {
  connectionDtoSchema,
  listedConnectionDtoSchema,
  toConnectionDto,
  toListedConnectionDto,
} from "./connection-dto";
import { findMissingConnectionError, invalidCredentials } from "./connection-errors";
import { connectionListQuery, connectionQuery } from "./connection-query";

const list = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/connections",
  aliases: ["/connection"],
  scope: "environment:connections:list",
  credentialsScope: "environment:connections:list_credentials",
  summary: "List connections",
  query: connectionListQuery,
  response: { status: 200, schema: z.strictObject({ connections: z.array(listedConnectionDtoSchema) }) },
  handler: async ({ db, masterKey, environmentId, canReadCredentials, query }) => {
    const { limit, page, integrationId, ...filter } = query;
    const found = await listConnections(
      db,
      environmentId,
      { ...filter, integrationKeys: integrationId },
      { limit, page },
    );
    if (!canReadCredentials) return ok({ connections: found.map(toListedConnectionDto) });
    const ids = found.map(({ id }) => id);
    const sealed = await findSealedCredentials(db, environmentId, ids);
    return ok({
      // A connection that was deleted since the first query has no credentials and is left out.
      connections: found.flatMap((connection) => {
        const sealedCredentials = sealed.get(connection.id);
        if (sealedCredentials === undefined) return [];
        const credentials = toCredentialsOutput(
          unsealCredentials(masterKey, connection.id, sealedCredentials),
        );
        return [{ ...toListedConnectionDto(connection), credentials }];
      }),
    });
  },
});

const readCredentials = "environment:connections:read_credentials";

/**
 * Marks the connection as fetched, refreshes its access token if it expires soon, and returns the connection.
 */
const read = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/connections/{connectionId}",
  aliases: ["/connection/{connectionId}"],
  scope: "environment:connections:read",
  credentialsScope: readCredentials,
  summary: "Read a connection",
  params: z.strictObject({ connectionId: connectionIdSchema }),
  query: connectionQuery,
  response: { status: 200, schema: connectionDtoSchema },
  handler: async ({ params: { connectionId }, query, ...context }) => {
    const { db, environmentId } = context;
    // A refresh uses up the refresh token at providers that rotate it.
    if (query.force_refresh && !context.canReadCredentials) return fail(insufficientScope(readCredentials));
    const uniqueKey = query.provider_config_key;
    const connection = await findConnectionAndMarkFetched(db, environmentId, uniqueKey, connectionId);
    if (connection === null)
      return fail(await findMissingConnectionError(db, environmentId, uniqueKey, connectionId));
    const refreshOptions = { force: query.force_refresh, requestedAt: context.receivedAt };
    const credentials = await getFreshCredentials(context, environmentId, connection.id, refreshOptions);
    if (credentials === null)
      return fail(await findMissingConnectionError(db, environmentId, uniqueKey, connectionId));
    if (!credentials.ok) return fail(invalidCredentials(connection, credentials.error));
    // The refresh above may have cleared an earlier failure, so the connection is read again.
    const current =
      connection.refreshFailure === null ? null : await findConnection(db, environmentId, connection.id);
    const dto = toConnectionDto(current ?? connection);
    if (!context.canReadCredentials) return ok(dto);
    const output = query.refresh_token
      ? toCredentialsOutput(credentials.value)
      : toCredentialsOutputWithoutRefreshToken(credentials.value);
    return ok({ ...dto, credentials: output });
  },
});

export const connectionReadRoutes = [list, read];
