import type { ApiError } from "@/lib/environment-api/pipeline/errors";

/** A 503 when no function runner is configured. Deployed code runs only in a function runner. */
export const noFunctionRunner: ApiError = {
  status: 503,
  code: "service_unavailable",
  message: "No function runner is configured",
};

export function unknownAction(name: string): ApiError {
  return { status: 404, code: "not_found", message: `The integration has no action "${name}"` };
}

export function disabledAction(name: string): ApiError {
  return { status: 404, code: "disabled_resource", message: `The action "${name}" is disabled` };
}
