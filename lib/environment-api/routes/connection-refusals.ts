import type { Database } from "../../db/client";
import { findIntegration } from "../../integrations/store";
import type { ApiFailure } from "../errors";

export function unknownProviderConfig(uniqueKey: string): ApiFailure {
  return {
    status: 400,
    code: "unknown_provider_config",
    message: `Integration "${uniqueKey}" does not exist`,
  };
}

/** A 400 on `DELETE`, a 404 on metadata (contract, trap 6). */
export function unknownConnection(status: 400 | 404): ApiFailure {
  return {
    status,
    code: "unknown_connection",
    message: "No such connection: check connection_id and provider_config_key",
  };
}

/** Why a connection was not found: its integration does not exist, or the integration has no such connection. */
export async function missingConnection(
  db: Database,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
): Promise<ApiFailure> {
  if ((await findIntegration(db, environmentId, uniqueKey)) === null) return unknownProviderConfig(uniqueKey);
  return {
    status: 404,
    code: "not_found",
    message: `Integration "${uniqueKey}" has no connection "${connectionId}"`,
  };
}
