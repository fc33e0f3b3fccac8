import { isDeepStrictEqual } from "node:util";
import type { DeployedFunction, FunctionDefinition } from "@/lib/functions/definitions/model";
import { type DesiredFunction, sha256Hex } from "./desired-functions";
import { type DeployMode, functionKey } from "./model";

/** A deployed function with the hashes of its code. */
export type CurrentFunction = DeployedFunction & {
  /** SHA-256 of the current version's code, in hex. */
  readonly codeHashes: { readonly js: string; readonly ts: string };
};

export type DeploymentPlan = {
  readonly create: readonly DesiredFunction[];
  /** Functions whose code or declaration changes. */
  readonly update: readonly { readonly desired: DesiredFunction; readonly existing: CurrentFunction }[];
  readonly unchanged: readonly { readonly desired: DesiredFunction; readonly existing: CurrentFunction }[];
  /** Deployed functions that are missing from the request, within the scope of the mode. */
  readonly remove: readonly CurrentFunction[];
  /** Deployed functions that are missing from the request, outside the scope of the mode. */
  readonly untouched: readonly CurrentFunction[];
};

/**
 * Compares the desired functions with the deployed ones. Functions missing from the request are to be removed
 * in mode `all`; in mode `integration` only from integrations that the request names; in mode `single` never
 * (docs/environment-api.md, section 2, 15).
 */
export function planDeployment(
  desired: readonly DesiredFunction[],
  existing: readonly CurrentFunction[],
  mode: DeployMode,
): DeploymentPlan {
  const desiredKeys = new Set(desired.map(functionKey));
  const integrations = new Set(desired.map(({ providerConfigKey }) => providerConfigKey));
  const existingByKey = new Map(existing.map((fn) => [functionKey(fn), fn]));
  const pairs = desired.flatMap((fn) => {
    const match = existingByKey.get(functionKey(fn));
    return match === undefined ? [] : [{ desired: fn, existing: match }];
  });
  const missing = existing.filter((fn) => !desiredKeys.has(functionKey(fn)));
  const isInScope = ({ providerConfigKey }: CurrentFunction) =>
    mode === "all" || (mode === "integration" && integrations.has(providerConfigKey));
  return {
    create: desired.filter((fn) => !existingByKey.has(functionKey(fn))),
    update: pairs.filter((pair) => !isUnchanged(pair)),
    unchanged: pairs.filter(isUnchanged),
    remove: missing.filter(isInScope),
    untouched: missing.filter((fn) => !isInScope(fn)),
  };
}

function isUnchanged({
  desired,
  existing,
}: {
  desired: DesiredFunction;
  existing: CurrentFunction;
}): boolean {
  return (
    sha256Hex(desired.code.js) === existing.codeHashes.js &&
    sha256Hex(desired.code.ts) === existing.codeHashes.ts &&
    isDeepStrictEqual(toStoredJson(desired.definition), toStoredJson(existing.definition))
  );
}

/** Converts a definition to its stored form: JSON loses `-0` and `undefined`. */
function toStoredJson(definition: FunctionDefinition): unknown {
  return JSON.parse(JSON.stringify(definition));
}

/** Lists the models that no sync of their integration has after the plan is applied. */
export function listDeletedModels(plan: DeploymentPlan): string[] {
  const functionsAfter = [
    ...plan.create,
    ...[...plan.update, ...plan.unchanged].map(({ desired }) => desired),
    ...plan.untouched,
  ];
  const keptModels = new Set(functionsAfter.flatMap(modelKeys));
  const changedFunctions = [...plan.remove, ...plan.update.map(({ existing }) => existing)];
  const deletedModels = changedFunctions.flatMap((fn) =>
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

/** Returns the next version: the last number plus one. The first version is `0.0.1`. */
export function nextVersion(version: string | null): string {
  if (version === null) return "0.0.1";
  const [major, minor, patch] = version.split(".");
  return `${major}.${minor}.${Number(patch) + 1}`;
}
