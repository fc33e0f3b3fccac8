import type { ApiError } from "@/lib/environment-api/pipeline/errors";
import type { Database } from "@/lib/infrastructure/db/client";
import type { Connection, RefreshError } from "@/lib/upstream/connections/model";
import { findIntegration } from "@/lib/upstream/integrations/store";
import { toConnectionDto } from "./connection-dto";

/** A 400 for an integration that does not exist. Other routes respond with `unknownIntegration` (404). */
export function unknownProviderConfig(uniqueKey: string): ApiError {
  return {
    status: 400,
    code: "unknown_provider_config",
    message: `Integration "${uniqueKey}" does not exist`,
  };
}

/**
 * An unknown connection. The status depends on the route: for example 400 on `DELETE`, 404 on metadata
 * (docs/environment-api.md, section 5, trap 6).
 */
export function unknownConnection(status: 400 | 404): ApiError {
  return {
    status,
    code: "unknown_connection",
    message: "Connection not found: check connection_id and provider_config_key",
  };
}

/**
 * Finds why a connection was not found: its integration does not exist (400) or has no such connection (404).
 */
export async function findMissingConnectionError(
  db: Database,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
): Promise<ApiError> {
  if ((await findIntegration(db, environmentId, uniqueKey)) === null) return unknownProviderConfig(uniqueKey);
  return {
    status: 404,
    code: "not_found",
    message: `Integration "${uniqueKey}" has no connection "${connectionId}"`,
  };
}

/**
 * The access token could not be refreshed: the provider rejected the request (400) or could not be reached
 * (424). The payload contains the connection without credentials, even for a key that may read them
 * (docs/environment-api.md, "8-9. connections:read").
 */
export function invalidCredentials(connection: Connection, failure: RefreshError): ApiError {
  return {
    status: failure.isRefusal ? 400 : 424,
    code: "invalid_credentials",
    message: `The access token could not be refreshed: ${failure.message}`,
    details: { payload: { connection: toConnectionDto({ ...connection, refreshFailure: failure }) } },
  };
}
