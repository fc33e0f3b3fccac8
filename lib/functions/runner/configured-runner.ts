import { settings } from "@/lib/infrastructure/settings/settings";
import { createHttpFunctionRunner } from "./http-runner";
import type { FunctionRunner } from "./runner";

/** The runner that the settings name; null when nothing runs deployed code here. */
export function functionRunner(): FunctionRunner | null {
  const configured = settings().functionRunner;
  return configured === null ? null : createHttpFunctionRunner(configured);
}
