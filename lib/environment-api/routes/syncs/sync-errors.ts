import type { ApiError } from "@/lib/environment-api/pipeline/errors";
import {
  unknownConnection,
  unknownProviderConfig,
} from "@/lib/environment-api/routes/connections/connection-errors";
import type { SyncTargetError } from "@/lib/functions/syncs/select-syncs";
import type { VariantError } from "@/lib/functions/syncs/variants";
import { maxVariants } from "@/lib/functions/syncs/variants";

/** Converts the error of selecting syncs to the API error (docs/environment-api.md, "13. syncs:execute"). */
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

/**
 * A 400 for the base variant, which is created and deleted only with its sync (docs/environment-api.md, "14.
 * syncs:manage").
 */
export function protectedVariant(variant: string): ApiError {
  return { status: 400, code: "invalid_variant", message: `The variant "${variant}" is protected` };
}

/** Converts the error of adding a variant to the API error. */
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
