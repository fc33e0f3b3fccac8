import type { UnknownIntegrations } from "@/lib/connect/sessions/lifecycle";
import { type ApiFailure, invalidInput } from "@/lib/environment-api/pipeline/errors";

/** A 400 at each place that names an integration which does not exist. */
export function unknownIntegrations(paths: UnknownIntegrations): ApiFailure {
  const message = "Integration does not exist";
  return invalidInput(
    "body",
    paths.map((path) => ({ code: "custom", message, path })),
  );
}

// The contract's own words (section 2, 11).
export const unknownReconnectTarget: ApiFailure = {
  status: 400,
  code: "invalid_body",
  message: "ConnectionID or IntegrationId does not exists",
};
