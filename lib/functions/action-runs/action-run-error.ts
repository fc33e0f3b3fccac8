import type { FunctionRunError } from "@/lib/functions/runner/runner";
import type { ActionRunError } from "./model";

/** Converts the error of a run to the error in the API (docs/environment-api.md, "18. actions:execute"). */
export function toActionRunError(error: FunctionRunError): ActionRunError {
  switch (error.kind) {
    case "http": {
      const { payload, upstream } = error;
      return {
        status: 424,
        code: "script_http_error",
        message: "An HTTP request of the action failed",
        details: { payload, ...(upstream !== undefined && { upstream }) },
      };
    }
    case "script":
      return scriptError("The action failed", error.payload);
    case "timeout": {
      const message = "The action did not finish within its time limit";
      return scriptError(message, { message });
    }
    case "unreachable":
      return { status: 503, code: "service_unavailable", message: "The function runner does not answer" };
  }
}

/**
 * Like `toActionRunError`, for a run that is not retried any more. Status 503 would ask the caller to try
 * again later, so it becomes 500.
 */
export function toFinalActionRunError(error: FunctionRunError): ActionRunError {
  const { message, ...rest } = toActionRunError(error);
  return rest.status === 503 ? scriptError(message, { message }) : { message, ...rest };
}

function scriptError(message: string, payload: unknown): ActionRunError {
  return { status: 500, code: "action_script_failure", message, details: { payload } };
}
