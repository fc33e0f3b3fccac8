import { settings } from "@/lib/infrastructure/settings/settings";
import { createHttpFunctionRunner } from "./http-runner";
import type { FunctionRunner } from "./runner";

/** Creates the function runner that the settings configure; null when they configure none. */
export function createConfiguredRunner(): FunctionRunner | null {
  const configured = settings().functionRunner;
  return configured === null ? null : createHttpFunctionRunner(configured);
}
