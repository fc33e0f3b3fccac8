import { isDeepStrictEqual } from "node:util";
import type { DeployedFunction, FunctionDefinition } from "@/lib/functions/definitions/model";
import { type DesiredFunction, sha256Hex } from "./desired-functions";
import { type DeployMode, functionKey } from "./model";

/** A deployed function with the hashes of its code, which are compared to detect a change. */
export type DeployedFunctionWithHashes = DeployedFunction & {
  /** SHA-256 of the current version's code, in hex. */
  readonly codeHashes: { readonly js: string; readonly ts: string };
};

export type DeploymentPlan = {
  readonly create: readonly DesiredFunction[];
  /** Functions whose code or declaration changes. */
  readonly update: readonly {
    readonly desired: DesiredFunction;
    readonly deployed: DeployedFunctionWithHashes;
  }[];
  readonly unchanged: readonly {
    readonly desired: DesiredFunction;
    readonly deployed: DeployedFunctionWithHashes;
  }[];
  /** Functions that are missing from the request, in the scope of the mode. Removed only with `reconcile`. */
  readonly remove: readonly DeployedFunctionWithHashes[];
  /** Functions that are missing from the request, outside the scope of the mode. They stay. */
  readonly missingOutOfScope: readonly DeployedFunctionWithHashes[];
};

/**
 * Compares the desired functions with the deployed ones. With `reconcile`, functions that are missing from
 * the request are removed: in mode `all` everywhere, in mode `integration` within the integrations of the
 * desired functions, in mode `single` never (docs/environment-api.md, "15. deploy").
 */
export function planDeployment(
  desired: readonly DesiredFunction[],
  deployed: readonly DeployedFunctionWithHashes[],
  mode: DeployMode,
): DeploymentPlan {
  const desiredKeys = new Set(desired.map(functionKey));
  const integrations = new Set(desired.map(({ providerConfigKey }) => providerConfigKey));
  const deployedByKey = new Map(deployed.map((fn) => [functionKey(fn), fn]));
  const pairs = desired.flatMap((fn) => {
    const match = deployedByKey.get(functionKey(fn));
    return match === undefined ? [] : [{ desired: fn, deployed: match }];
  });
  const missing = deployed.filter((fn) => !desiredKeys.has(functionKey(fn)));
  const isInScope = ({ providerConfigKey }: DeployedFunctionWithHashes) =>
    mode === "all" || (mode === "integration" && integrations.has(providerConfigKey));
  return {
    create: desired.filter((fn) => !deployedByKey.has(functionKey(fn))),
    update: pairs.filter((pair) => !isUnchanged(pair)),
    unchanged: pairs.filter(isUnchanged),
    remove: missing.filter(isInScope),
    missingOutOfScope: missing.filter((fn) => !isInScope(fn)),
  };
}

function isUnchanged({
  desired,
  deployed,
}: {
  desired: DesiredFunction;
  deployed: DeployedFunctionWithHashes;
}): boolean {
  return (
    sha256Hex(desired.code.js) === deployed.codeHashes.js &&
    sha256Hex(desired.code.ts) === deployed.codeHashes.ts &&
    isDeepStrictEqual(toStoredJson(desired.definition), toStoredJson(deployed.definition))
  );
}

/**
 * Converts a definition to the form in which the database returns it: JSON has no `-0` and no `undefined`.
 */
function toStoredJson(definition: FunctionDefinition): unknown {
  return JSON.parse(JSON.stringify(definition));
}

/**
 * Lists the models that a changed or removed sync has now, and that no sync of the same integration will have
 * after the deployment.
 */
export function listDeletedModels(plan: DeploymentPlan): string[] {
  const functionsAfter = [
    ...plan.create,
    ...[...plan.update, ...plan.unchanged].map(({ desired }) => desired),
    ...plan.missingOutOfScope,
  ];
  const keptModels = new Set(functionsAfter.flatMap(modelKeys));
  const functionsBefore = [...plan.remove, ...plan.update.map(({ deployed }) => deployed)];
  const deletedModels = functionsBefore.flatMap((fn) =>
    fn.kind === "sync" ? fn.definition.models.filter((model) => !keptModels.has(modelKey(fn, model))) : [],
  );
  return [...new Set(deletedModels)];
}

type WithModels = Pick<DesiredFunction, "kind" | "providerConfigKey" | "definition">;

function modelKeys(fn: WithModels): string[] {
  return fn.kind === "sync" ? fn.definition.models.map((model) => modelKey(fn, model)) : [];
}

function modelKey({ providerConfigKey }: WithModels, model: string): string {
  return `${providerConfigKey}\n${model}`;
}

/** Returns the next version: the patch number is incremented. Null means no version, and gives `0.0.1`. */
export function nextVersion(version: string | null): string {
  if (version === null) return "0.0.1";
  const [major, minor, patch] = version.split(".");
  return `${major}.${minor}.${Number(patch) + 1}`;
}
