import { createHash } from "node:crypto";
import type { FunctionCode, FunctionDefinition } from "@/lib/functions/definitions/model";
import type { DeployMode, DeploymentInput, Flow, FunctionName } from "./model";

/** A function as a deployment wants it to be. */
export type WantedFunction = FunctionName & {
  readonly definition: FunctionDefinition;
  readonly code: FunctionCode;
};

/** Every function in a deployment's body, in its order. */
export function wantedFunctions(input: DeploymentInput): WantedFunction[] {
  const scripts = (input.onEventScriptsByProvider ?? []).flatMap(({ providerConfigKey, scripts }) =>
    scripts.map(({ name, event, fileBody }) => ({
      providerConfigKey,
      kind: "on-event" as const,
      name,
      event,
      definition: noDefinition,
      code: fileBody,
    })),
  );
  return [...input.flowConfigs.map(wantedFlow), ...scripts];
}

export function modeOf(input: DeploymentInput): DeployMode {
  return input.deployMode ?? (input.singleDeployMode === true ? "single" : "all");
}

const noDefinition: FunctionDefinition = {
  models: [],
  runs: null,
  trackDeletes: false,
  autoStart: false,
  input: null,
  syncType: null,
  endpoints: [],
  description: null,
  scopes: [],
  webhookSubscriptions: [],
  jsonSchema: null,
  features: [],
};

function wantedFlow(flow: Flow): WantedFunction {
  const isSync = flow.type === "sync";
  return {
    providerConfigKey: flow.providerConfigKey,
    kind: flow.type,
    name: flow.syncName,
    event: null,
    definition: {
      models: flow.models,
      runs: isSync ? flow.runs : null,
      trackDeletes: flow.track_deletes,
      autoStart: isSync && flow.auto_start,
      input: flow.input ?? null,
      syncType: isSync ? (flow.sync_type ?? "full") : null,
      endpoints: flow.endpoints.flat(),
      description: flow.metadata.description ?? null,
      scopes: flow.metadata.scopes ?? [],
      webhookSubscriptions: flow.webhookSubscriptions,
      jsonSchema: flow.models_json_schema ?? null,
      features: flow.features,
    },
    code: flow.fileBody,
  };
}

/** SHA-256 of a text, in hex, as the store computes it of stored code. */
export function hashOf(code: string): string {
  return createHash("sha256").update(code, "utf8").digest("hex");
}
