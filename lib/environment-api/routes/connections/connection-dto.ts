import { z } from "zod";
import { type Connection, jsonObjectSchema } from "@/lib/upstream/connections/model";
import { credentialsOutputSchema } from "@/lib/upstream/providers/credentials";

export const endUserDtoSchema = z.strictObject({
  id: z.string(),
  display_name: z.string().nullable(),
  email: z.string().nullable(),
  tags: z.record(z.string(), z.string()).nullable(),
  organization: z.strictObject({ id: z.string(), display_name: z.string().nullable() }).nullable(),
});

const sharedSchemas = {
  id: z.int(),
  connection_id: z.string(),
  provider_config_key: z.string(),
  provider: z.string(),
  errors: z.array(z.strictObject({ type: z.string(), log_id: z.string() })),
  end_user: endUserDtoSchema.nullable(),
  tags: z.record(z.string(), z.string()),
  metadata: jsonObjectSchema.nullable(),
};

/** A connection in a list (docs/environment-api.md, "6-7. connections:list"): `created`, not `created_at`. */
export const listedConnectionDtoSchema = z.strictObject({
  ...sharedSchemas,
  created: z.iso.datetime(),
  /** Only for a key with the credentials scope. */
  credentials: credentialsOutputSchema.optional(),
});

/**
 * A single connection (docs/environment-api.md, "8-9. connections:read"). Without the credentials scope,
 * `credentials` is an empty object (section 5, trap 5).
 */
export const connectionDtoSchema = z.strictObject({
  ...sharedSchemas,
  connection_config: jsonObjectSchema,
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  last_fetched_at: z.iso.datetime().nullable(),
  credentials: credentialsOutputSchema,
});

function sharedFields(connection: Connection) {
  return {
    id: connection.id,
    connection_id: connection.connectionId,
    provider_config_key: connection.providerConfigKey,
    provider: connection.provider,
    errors:
      connection.refreshFailure === null
        ? []
        : [{ type: "auth", log_id: connection.refreshFailure.requestId }],
    end_user: connection.endUser,
    tags: connection.tags,
    metadata: connection.metadata,
  };
}

export function toListedConnectionDto(connection: Connection) {
  return { ...sharedFields(connection), created: connection.createdAt.toISOString() };
}

/**
 * Converts a connection and leaves `credentials` empty. For a key that may read them, the route fills them
 * in.
 */
export function toConnectionDto(connection: Connection) {
  return {
    ...sharedFields(connection),
    connection_config: connection.connectionConfig,
    created_at: connection.createdAt.toISOString(),
    updated_at: connection.updatedAt.toISOString(),
    last_fetched_at: connection.lastFetchedAt?.toISOString() ?? null,
    credentials: {},
  };
}
