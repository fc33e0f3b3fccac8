import type { FunctionRunError } from "@/lib/functions/runner/runner";
import type { ActionRunError } from "./model";

/** What the caller of an action is told of a run that failed (contract, section 2, 18). */
export function toActionRunError(failure: FunctionRunError): ActionRunError {
  switch (failure.kind) {
    case "http": {
      const { payload, upstream } = failure;
      return {
        status: 424,
        code: "script_http_error",
        message: "A request that the action made was refused",
        details: { payload, ...(upstream !== undefined && { upstream }) },
      };
    }
    case "script":
      return scriptError("The action failed", failure.payload);
    case "timeout": {
      const message = "The action did not end in the time that it has";
      return scriptError(message, { message });
    }
    case "unreachable":
      return { status: 503, code: "service_unavailable", message: "The function runner does not answer" };
  }
}

/** The same of a run that nobody will try again: what is stored must not read as "try later". */
export function toFinalActionRunError(failure: FunctionRunError): ActionRunError {
  const { message, ...told } = toActionRunError(failure);
  return told.status === 503 ? scriptError(message, { message }) : { message, ...told };
}

function scriptError(message: string, payload: unknown): ActionRunError {
  return { status: 500, code: "action_script_failure", message, details: { payload } };
}
