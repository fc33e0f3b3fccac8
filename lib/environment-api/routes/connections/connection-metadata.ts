import { z } from "zod";
import type { ApiError } from "@/lib/environment-api/pipeline/errors";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { boundedArray } from "@/lib/infrastructure/bounded-schema";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type MetadataChange, writeMetadata } from "@/lib/upstream/connections/metadata-store";
import { connectionIdSchema, jsonObjectSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { unknownConnection } from "./connection-errors";
import { emptyHeader } from "./connection-headers";

const scope = "environment:connections:write";

/**
 * `POST` replaces the metadata and responds with 201. `PATCH` merges and responds with 200. Both return the
 * request body (docs/environment-api.md, section 5, trap 6).
 */
const writeModes = [
  { method: "POST", mode: "replace", status: 201, summary: "Replace the metadata of connections" },
  { method: "PATCH", mode: "merge", status: 200, summary: "Merge into the metadata of connections" },
] as const;

const changeBody = z.strictObject({
  connection_id: z.union([connectionIdSchema, boundedArray(connectionIdSchema, 1000, 1)]),
  provider_config_key: uniqueKeySchema,
  metadata: jsonObjectSchema,
});

/** Writes metadata. Returns `echo`, the body of the request, as the response. */
async function writeAndEcho<Echo>(
  db: Database,
  environmentId: number,
  change: MetadataChange,
  echo: Echo,
): Promise<Result<Echo, ApiError>> {
  return (await writeMetadata(db, environmentId, change)) ? ok(echo) : fail(unknownConnection(404));
}

const metadataRoutesForMany = writeModes.map(({ method, mode, status, summary }) =>
  jsonRoute({
    ...noInput,
    method,
    path: "/connections/metadata",
    aliases: ["/connection/metadata"],
    scope,
    summary,
    body: changeBody,
    response: { status, schema: changeBody },
    handler: async ({ db, environmentId, body }) => {
      const connectionIds = [body.connection_id].flat();
      const { provider_config_key: uniqueKey, metadata } = body;
      return writeAndEcho(db, environmentId, { uniqueKey, connectionIds, metadata, mode }, body);
    },
  }),
);

const providerConfigKeyHeader = z.union([emptyHeader, uniqueKeySchema]).optional();

const metadataRoutesForOne = writeModes.map(({ method, mode, status, summary }) =>
  jsonRoute({
    ...noInput,
    method,
    path: "/connection/{connectionId}/metadata",
    scope,
    summary: `${summary} (deprecated: the body is the metadata of one connection)`,
    params: z.strictObject({ connectionId: connectionIdSchema }),
    query: z.strictObject({ provider_config_key: uniqueKeySchema.optional() }),
    headers: z.object({ "provider-config-key": providerConfigKeyHeader }),
    body: jsonObjectSchema,
    response: { status, schema: jsonObjectSchema },
    handler: async ({ db, environmentId, params: { connectionId }, query, headers, body }) => {
      const uniqueKey = query.provider_config_key ?? headers["provider-config-key"];
      if (uniqueKey === undefined) {
        const message = "Set the integration in the Provider-Config-Key header";
        return fail({ status: 400, code: "missing_provider_config_key", message });
      }
      return writeAndEcho(
        db,
        environmentId,
        { uniqueKey, connectionIds: [connectionId], metadata: body, mode },
        body,
      );
    },
  }),
);

export const metadataRoutes = [...metadataRoutesForMany, ...metadataRoutesForOne];
