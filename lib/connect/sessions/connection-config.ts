import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { JsonObject } from "@/lib/upstream/connections/model";
import type { ConfigField, Provider } from "@/lib/upstream/providers/model";
import { type ConnectError, invalidFieldsError } from "./connect-errors";

/** Lists the provider's config fields that the end user enters: those without a preset value. */
export function missingConfigFields(provider: Provider, preset: JsonObject): Record<string, ConfigField> {
  const fields = Object.entries(provider.connection_config ?? {});
  return Object.fromEntries(fields.filter(([name]) => typeof preset[name] !== "string"));
}

/**
 * Builds a connection's config from the preset values and the entered fields. Ignores fields that the form
 * does not have.
 */
export function validateConnectionConfig(
  provider: Provider,
  preset: JsonObject,
  input: Readonly<Record<string, string>>,
): Result<JsonObject, ConnectError> {
  const errors: Record<string, string> = {};
  const config: Record<string, unknown> = { ...preset };
  for (const [name, { title, pattern, optional }] of Object.entries(missingConfigFields(provider, preset))) {
    const value = input[name]?.trim() ?? "";
    if (value === "") {
      if (optional !== true) errors[name] = `Enter the ${title}`;
    } else if (new RegExp(`^(?:${pattern})$`).test(value)) config[name] = value;
    else errors[name] = `Enter a valid ${title}`;
  }
  return Object.keys(errors).length > 0 ? fail(invalidFieldsError(errors)) : ok(config);
}
