import type { ApiError } from "@/lib/environment-api/pipeline/errors";
import {
  unknownConnection,
  unknownProviderConfig,
} from "@/lib/environment-api/routes/connections/connection-errors";
import type { SyncTargetError } from "@/lib/functions/syncs/select-syncs";
import type { VariantError } from "@/lib/functions/syncs/variants";
import { maxVariants } from "@/lib/functions/syncs/variants";

/** Maps the error of a command whose target has no syncs (docs/environment-api.md, section 2, 13). */
export function targetError(error: SyncTargetError, uniqueKey: string): ApiError {
  switch (error.reason) {
    case "unknown_integration":
      return unknownProviderConfig(uniqueKey);
    case "unknown_connection":
      return unknownConnection(404);
    case "no_syncs_found": {
      const { missing } = error;
      const message =
        missing === null
          ? `Integration "${uniqueKey}" has no syncs`
          : `No sync "${missing.name}" with variant "${missing.variant}"`;
      return { status: 400, code: "no_syncs_found", message };
    }
  }
}

/** A 400 for a sync that the connection does not have. */
export function unknownSync(name: string): ApiError {
  return { status: 400, code: "unknown_sync", message: `The connection has no sync "${name}"` };
}

/** The base variant is created and deleted only with its sync (docs/environment-api.md, section 2, 14). */
export function protectedVariant(variant: string): ApiError {
  return { status: 400, code: "invalid_variant", message: `The variant "${variant}" is protected` };
}

/** Maps an error of adding a variant. */
export function variantError(error: VariantError, name: string, variant: string): ApiError {
  switch (error) {
    case "unknown_connection":
      return unknownConnection(400);
    case "unknown_sync":
      return unknownSync(name);
    case "sync_variant_already_exists":
      return { status: 400, code: error, message: `The sync "${name}" already has a variant "${variant}"` };
    case "resource_capped":
      return {
        status: 400,
        code: error,
        message: `The sync "${name}" already has ${maxVariants} variants`,
      };
  }
}
