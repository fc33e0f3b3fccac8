import { z } from "zod";
import { toInputSchema } from "@/lib/functions/definitions/input-schema";
import { type DeployedFunction, type FunctionKind, functionKinds } from "@/lib/functions/definitions/model";

const functionDtoSchema = z.strictObject({
  name: z.string(),
  type: z.enum(functionKinds),
  runs: z.string().nullable(),
  auto_start: z.boolean(),
  description: z.string().nullable(),
  scopes: z.array(z.string()),
  track_deletes: z.boolean(),
  returns: z.array(z.string()),
  endpoints: z.array(z.strictObject({ method: z.string(), path: z.string(), group: z.string().nullable() })),
  version: z.string(),
  last_deployed: z.iso.datetime(),
  id: z.int(),
  input: z.string().nullable(),
  sync_type: z.enum(["incremental", "full"]).nullable(),
  webhookSubscriptions: z.array(z.string()),
  enabled: z.boolean(),
  json_schema: z.record(z.string(), z.unknown()).nullable(),
  sdk_version: z.string().nullable(),
  features: z.array(z.string()),
  /** Only for an on-event script. */
  event: z.string().optional(),
});

/**
 * The functions of every integration that has any. The response is an array, not an object
 * (docs/environment-api.md, section 5, trap 7).
 */
export const scriptsConfigDtoSchema = z.array(
  z.strictObject({
    providerConfigKey: z.string(),
    provider: z.string(),
    syncs: z.array(functionDtoSchema),
    actions: z.array(functionDtoSchema),
    "on-events": z.array(functionDtoSchema),
  }),
);

export const openAiToolsDtoSchema = z.strictObject({
  data: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      parameters: z.strictObject({
        type: z.literal("object"),
        properties: z.record(z.string(), z.record(z.string(), z.unknown())),
        required: z.array(z.string()),
        definitions: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
      }),
    }),
  ),
});

/** Groups functions by integration and kind. */
export function toScriptsConfigDto(
  functions: readonly DeployedFunction[],
): z.infer<typeof scriptsConfigDtoSchema> {
  const providersByKey = new Map(
    functions.map(({ providerConfigKey, provider }) => [providerConfigKey, provider]),
  );
  return [...providersByKey].map(([providerConfigKey, provider]) => {
    const functionsOfIntegration = functions.filter((fn) => fn.providerConfigKey === providerConfigKey);
    const ofKind = (kind: FunctionKind) =>
      functionsOfIntegration.filter((fn) => fn.kind === kind).map(toFunctionDto);
    return {
      providerConfigKey,
      provider,
      syncs: ofKind("sync"),
      actions: ofKind("action"),
      "on-events": ofKind("on-event"),
    };
  });
}

/** Converts enabled actions whose input is an object to tool definitions for OpenAI's function calling. */
export function toOpenAiToolsDto(
  functions: readonly DeployedFunction[],
): z.infer<typeof openAiToolsDtoSchema> {
  return {
    data: functions.flatMap(({ kind, enabled, name, definition }) => {
      const input = kind === "action" && enabled ? toInputSchema(definition) : null;
      if (input === null) return [];
      const { type, properties, required, definitions } = input;
      const parameters = { type, properties, required, ...(definitions !== undefined && { definitions }) };
      return [{ name, description: definition.description ?? "", parameters }];
    }),
  };
}

function toFunctionDto({ definition, ...fn }: DeployedFunction): z.infer<typeof functionDtoSchema> {
  return {
    name: fn.name,
    type: fn.kind,
    runs: definition.runs,
    auto_start: definition.autoStart,
    description: definition.description,
    scopes: [...definition.scopes],
    track_deletes: definition.trackDeletes,
    returns: [...definition.models],
    endpoints: [...definition.endpoints],
    version: fn.version,
    last_deployed: fn.deployedAt.toISOString(),
    id: fn.id,
    input: definition.input,
    sync_type: definition.syncType,
    webhookSubscriptions: [...definition.webhookSubscriptions],
    enabled: fn.enabled,
    json_schema: definition.jsonSchema,
    sdk_version: fn.sdkVersion,
    features: [...definition.features],
    ...(fn.event !== null && { event: fn.event }),
  };
}
