import type { ApiFailure } from "@/lib/environment-api/pipeline/errors";

/** Deployed code is run elsewhere, and nowhere unless the settings say where. */
export const noFunctionRunner: ApiFailure = {
  status: 503,
  code: "service_unavailable",
  message: "No function runner is configured",
};

export function unknownAction(name: string): ApiFailure {
  return { status: 404, code: "not_found", message: `The integration has no action "${name}"` };
}

export function disabledAction(name: string): ApiFailure {
  return { status: 404, code: "disabled_resource", message: `The action "${name}" is disabled` };
}
