import type { ApiError } from "@/lib/environment-api/pipeline/errors";
import {
  unknownConnection,
  unknownProviderConfig,
} from "@/lib/environment-api/routes/connections/connection-errors";
import type { SyncTargetError } from "@/lib/functions/syncs/select-syncs";
import type { VariantError } from "@/lib/functions/syncs/variants";
import { maxVariants } from "@/lib/functions/syncs/variants";

/** Why a command found nothing to act on (contract, section 2, 13). */
export function targetError(refusal: SyncTargetError, uniqueKey: string): ApiError {
  switch (refusal.reason) {
    case "unknown_integration":
      return unknownProviderConfig(uniqueKey);
    case "unknown_connection":
      return unknownConnection(404);
    case "no_syncs_found": {
      const { missing } = refusal;
      const message =
        missing === null
          ? `Integration "${uniqueKey}" has no syncs`
          : `There is no sync "${missing.name}" in variant "${missing.variant}"`;
      return { status: 400, code: "no_syncs_found", message };
    }
  }
}

export function unknownSync(name: string): ApiError {
  return { status: 400, code: "unknown_sync", message: `The connection has no sync "${name}"` };
}

/** The base variant comes and goes with its sync (contract, section 2, 14). */
export function protectedVariant(variant: string): ApiError {
  return { status: 400, code: "invalid_variant", message: `The variant "${variant}" is protected` };
}

export function variantError(refusal: VariantError, name: string, variant: string): ApiError {
  switch (refusal) {
    case "unknown_connection":
      return unknownConnection(400);
    case "unknown_sync":
      return unknownSync(name);
    case "sync_variant_already_exists":
      return { status: 400, code: refusal, message: `The sync "${name}" has a variant "${variant}" already` };
    case "resource_capped":
      return {
        status: 400,
        code: refusal,
        message: `The sync "${name}" has ${maxVariants} variants already`,
      };
  }
}
