import { settings } from "@/lib/infrastructure/settings/settings";
import { createHttpFunctionRunner } from "./http-runner";
import type { FunctionRunner } from "./runner";

/** Creates the function runner of the settings; null when none is configured. */
export function functionRunner(): FunctionRunner | null {
  const configured = settings().functionRunner;
  return configured === null ? null : createHttpFunctionRunner(configured);
}
