import { createHash } from "node:crypto";
import type { FunctionCode, FunctionDefinition } from "@/lib/functions/definitions/model";
import type { DeployMode, DeploymentInput, Flow, FunctionIdentity } from "./model";

/** A function as a deployment declares it. */
export type DesiredFunction = FunctionIdentity & {
  readonly definition: FunctionDefinition;
  readonly code: FunctionCode;
};

/** Lists the functions in a deployment request: flows in their order, then on-event scripts. */
export function toDesiredFunctions(input: DeploymentInput): DesiredFunction[] {
  const scripts = (input.onEventScriptsByProvider ?? []).flatMap(({ providerConfigKey, scripts }) =>
    scripts.map(({ name, event, fileBody }) => ({
      providerConfigKey,
      kind: "on-event" as const,
      name,
      event,
      definition: emptyDefinition,
      code: fileBody,
    })),
  );
  return [...input.flowConfigs.map(flowToDesiredFunction), ...scripts];
}

/** Returns the deploy mode of a request. Older clients send `singleDeployMode` for `deployMode: "single"`. */
export function toDeployMode(input: DeploymentInput): DeployMode {
  return input.deployMode ?? (input.singleDeployMode === true ? "single" : "all");
}

const emptyDefinition: FunctionDefinition = {
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

function flowToDesiredFunction(flow: Flow): DesiredFunction {
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

/** Returns the SHA-256 hash of code in hex, as `listCodeHashes` computes it for stored code. */
export function sha256Hex(code: string): string {
  return createHash("sha256").update(code, "utf8").digest("hex");
}
