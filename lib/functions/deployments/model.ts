import { z } from "zod";
import { type FunctionKind, type OnEventName, onEventNames } from "@/lib/functions/definitions/model";
import { boundedArray, boundedRecord } from "@/lib/infrastructure/bounded-schema";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";

/*
 * Schemas of a deployment request (docs/environment-api.md, "15. deploy"). All objects are strict, because a
 * client that sends an unknown field expects it to have an effect.
 */

export const functionNameSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9_-]+$/, "May contain only letters, digits, _ and -");

/** One file: at most what a body can hold, which bounds all files together. */
const fileSchema = z.string().max(75 * 1024 * 1024);

const codeSchema = z.strictObject({ js: fileSchema, ts: fileSchema });

/** A JSON Schema, or an object of them by name. */
const schemaObject = boundedRecord(z.string().max(255), z.unknown(), 10_000);

/** The most functions, or scripts of one integration, of a deployment. */
const maxFunctions = 2000;

const group = z.string().min(1).max(64);
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Accepts `{method, path, group?}`, or `{GET: path}` of older clients. The output is a list of endpoints. */
const endpointSchema = z.union([
  z
    .strictObject({ method: z.enum(methods), path: z.string().max(1024), group: group.optional() })
    .transform(({ method, path, group }) => [{ method, path, group: group ?? null }]),
  z
    .partialRecord(z.enum(methods), z.string().max(1024))
    .transform((byMethod) =>
      Object.entries(byMethod).map(([method, path]) => ({ method, path, group: null })),
    ),
]);

const flowFields = {
  syncName: functionNameSchema,
  providerConfigKey: uniqueKeySchema,
  models: boundedArray(z.string().min(1).max(255), 1000),
  runs: z.string().max(255).nullable(),
  track_deletes: z.boolean(),
  auto_start: z.boolean().default(false),
  attributes: schemaObject.optional(),
  metadata: z
    .strictObject({
      scopes: boundedArray(z.string().max(255), 1000).optional(),
      description: z.string().max(2000).optional(),
    })
    .default({}),
  input: z.string().max(255).optional(),
  endpoints: boundedArray(endpointSchema, 100).default([]),
  fileBody: codeSchema,
  /**
   * Version that the author wrote into the file. Unrelated to the deployed version, which the server assigns.
   */
  version: z.string().max(255).optional(),
  sync_type: z.enum(["incremental", "full"]).optional(),
  webhookSubscriptions: boundedArray(z.string().max(255), 1000).default([]),
  models_json_schema: z
    .strictObject({ definitions: boundedRecord(z.string().max(255), schemaObject, 10_000) })
    .optional(),
  model_schema: z.union([fileSchema, boundedArray(schemaObject, 10_000)]).optional(),
  features: boundedArray(z.enum(["checkpoints"]), 10).default([]),
};

const flowSchema = z
  .strictObject({ type: z.enum(["sync", "action"]), ...flowFields })
  .check(({ value, issues }) => {
    if (value.sync_type === "incremental" && value.track_deletes) {
      issues.push({
        code: "custom",
        input: value.track_deletes,
        path: ["track_deletes"],
        message: "An incremental sync cannot track deletes",
      });
    }
    const definitions = value.models_json_schema?.definitions;
    if (definitions === undefined) return;
    const requiredNames = value.input === undefined ? value.models : [...value.models, value.input];
    for (const name of requiredNames) {
      if (Object.hasOwn(definitions, name)) continue;
      issues.push({
        code: "custom",
        input: definitions,
        path: ["models_json_schema", "definitions"],
        message: `"${name}" is not defined`,
      });
    }
  });

export type Flow = z.output<typeof flowSchema>;

const onEventSchema = z.strictObject({
  providerConfigKey: uniqueKeySchema,
  scripts: boundedArray(
    z.strictObject({ name: functionNameSchema, fileBody: codeSchema, event: z.enum(onEventNames) }),
    maxFunctions,
  ),
});

const deployModes = ["all", "single", "integration"] as const;

export type DeployMode = (typeof deployModes)[number];

const sharedFields = {
  flowConfigs: boundedArray(flowSchema, maxFunctions),
  onEventScriptsByProvider: boundedArray(onEventSchema, 1000).optional(),
  reconcile: z.boolean(),
  debug: z.boolean(),
  deployMode: z.enum(deployModes).optional(),
  jsonSchema: schemaObject.optional(),
  sdkVersion: z
    .string()
    .regex(/^\d+\.\d+\.\d+-(?:zero|yaml)$/, 'Must look like "0.70.1-zero"')
    .max(64)
    .optional(),
  source: z.enum(["standalone", "repo"]).optional(),
  /** Form of `deployMode: "single"` in older clients. */
  singleDeployMode: z.boolean().optional(),
};

export const confirmationSchema = z.strictObject(sharedFields).check(rejectDuplicates);

export const deploymentSchema = z
  .strictObject({ ...sharedFields, nangoYamlBody: fileSchema })
  .check(rejectDuplicates);

export type DeploymentInput = z.output<typeof confirmationSchema>;

/** Identity of a function within an environment. */
export type FunctionIdentity = {
  readonly providerConfigKey: string;
  readonly kind: FunctionKind;
  readonly name: string;
  readonly event: OnEventName | null;
};

/**
 * Returns a function's identity as one string. No field contains a line break, so two functions never have
 * the same key.
 */
export function functionKey({ providerConfigKey, kind, name, event }: FunctionIdentity): string {
  return [providerConfigKey, kind, name, event ?? ""].join("\n");
}

function rejectDuplicates(context: {
  readonly value: {
    readonly flowConfigs: readonly Flow[];
    readonly onEventScriptsByProvider?: readonly z.output<typeof onEventSchema>[] | undefined;
  };
  readonly issues: z.core.$ZodRawIssue[];
}): void {
  const flows = context.value.flowConfigs.map((flow, index) => ({
    path: ["flowConfigs", index],
    key: functionKey({ ...flow, kind: flow.type, name: flow.syncName, event: null }),
  }));
  const scripts = (context.value.onEventScriptsByProvider ?? []).flatMap(
    ({ providerConfigKey, scripts }, outer) =>
      scripts.map(({ name, event }, inner) => ({
        path: ["onEventScriptsByProvider", outer, "scripts", inner],
        key: functionKey({ providerConfigKey, kind: "on-event", name, event }),
      })),
  );
  const seen = new Set<string>();
  for (const { path, key } of [...flows, ...scripts]) {
    if (seen.has(key)) {
      context.issues.push({ code: "custom", input: context.value, path, message: "Is a duplicate" });
    }
    seen.add(key);
  }
}
