import { type ApiError, invalidField } from "@/lib/environment-api/pipeline/errors";
import type { IntegrationError } from "@/lib/upstream/integrations/model";

/**
 * A 404 for an integration that does not exist. Some routes respond with `unknownProviderConfig` (400)
 * instead.
 */
export function unknownIntegration(uniqueKey: string): ApiError {
  return { status: 404, code: "not_found", message: `Integration "${uniqueKey}" does not exist` };
}

export const credentialsMismatch: ApiError = invalidField(
  "credentials",
  "The type of the credentials does not match the auth mode of the provider",
);

/**
 * Maps an error of an integration change to its API error (docs/environment-api.md, "5. integrations:write").
 */
export function integrationError(error: IntegrationError, uniqueKey: string): ApiError {
  switch (error) {
    case "unknown_provider":
      return invalidField("provider", "Unknown provider");
    case "credentials_mismatch":
      return credentialsMismatch;
    case "missing_credentials":
      return { status: 400, code: "invalid_body", message: "Missing credentials" };
    case "no_shared_app":
      return invalidField(
        "provider",
        "This server has no shared app for this provider: create the integration with your own credentials",
      );
    case "duplicate_key":
      return invalidField("uniqueKey", "Another integration of this environment has this key");
    case "has_connections":
      return invalidField("uniqueKey", "An integration with connections cannot be renamed");
    case "not_found":
      return unknownIntegration(uniqueKey);
  }
}
