import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { JsonObject } from "@/lib/upstream/connections/model";
import type { ConfigField, Provider } from "@/lib/upstream/providers/model";
import { type ConnectError, invalidFieldsError } from "./connect-errors";

/** What the person must still say about a connection: the provider's fields that are not settled. */
export function missingConfigFields(provider: Provider, preset: JsonObject): Record<string, ConfigField> {
  const fields = Object.entries(provider.connection_config ?? {});
  return Object.fromEntries(fields.filter(([name]) => typeof preset[name] !== "string"));
}

/** The config of a connection from what is settled and what was asked for; anything else that was given is dropped. */
export function validateConnectionConfig(
  provider: Provider,
  preset: JsonObject,
  given: Readonly<Record<string, string>>,
): Result<JsonObject, ConnectError> {
  const wrong: Record<string, string> = {};
  const config: Record<string, unknown> = { ...preset };
  for (const [name, { title, pattern, optional }] of Object.entries(missingConfigFields(provider, preset))) {
    const value = given[name]?.trim() ?? "";
    if (value === "") {
      if (optional !== true) wrong[name] = `Enter the ${title}`;
    } else if (new RegExp(`^(?:${pattern})$`).test(value)) config[name] = value;
    else wrong[name] = `This cannot be the ${title}`;
  }
  return Object.keys(wrong).length > 0 ? fail(invalidFieldsError(wrong)) : ok(config);
}
