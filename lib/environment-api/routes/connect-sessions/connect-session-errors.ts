import type { UnknownIntegrationPaths } from "@/lib/connect/sessions/lifecycle";
import { type ApiError, invalidInput } from "@/lib/environment-api/pipeline/errors";

/** A 400 with one error for each unknown integration. The error's path is that of the field that names it. */
export function unknownIntegrations(paths: UnknownIntegrationPaths): ApiError {
  const message = "Integration does not exist";
  return invalidInput(
    "body",
    paths.map((path) => ({ code: "custom", message, path })),
  );
}

// The message is fixed (docs/environment-api.md, "11. connect_sessions:write").
export const unknownReconnectTarget: ApiError = {
  status: 400,
  code: "invalid_body",
  message: "ConnectionID or IntegrationId does not exists",
};
