import { isDeepStrictEqual } from "node:util";
import type { DeployedFunction, FunctionDefinition } from "@/lib/functions/definitions/model";
import { type DesiredFunction, sha256Hex } from "./desired-functions";
import { type DeployMode, functionKey } from "./model";

/** What is deployed, as far as a plan needs it. */
export type CurrentFunction = DeployedFunction & {
  /** SHA-256 of the current version's code, in hex. */
  readonly codeHashes: { readonly js: string; readonly ts: string };
};

export type DeploymentPlan = {
  readonly create: readonly DesiredFunction[];
  /** Functions whose code or declaration changes. */
  readonly update: readonly { readonly wanted: DesiredFunction; readonly existing: CurrentFunction }[];
  readonly unchanged: readonly { readonly wanted: DesiredFunction; readonly existing: CurrentFunction }[];
  /** What is deployed and not in the body, as far as the mode reaches. */
  readonly remove: readonly CurrentFunction[];
  /** What is deployed, not in the body, and beyond the mode's reach. */
  readonly untouched: readonly CurrentFunction[];
};

/**
 * Compares what a deployment wants with what is there. What is missing from the body goes in mode `all`, in mode
 * `integration` only from the integrations that the body names, and never in mode `single` (contract, section 2, 15).
 */
export function planDeployment(
  wanted: readonly DesiredFunction[],
  existing: readonly CurrentFunction[],
  mode: DeployMode,
): DeploymentPlan {
  const wantedKeys = new Set(wanted.map(functionKey));
  const integrations = new Set(wanted.map(({ providerConfigKey }) => providerConfigKey));
  const byName = new Map(existing.map((fn) => [functionKey(fn), fn]));
  const known = wanted.flatMap((fn) => {
    const match = byName.get(functionKey(fn));
    return match === undefined ? [] : [{ wanted: fn, existing: match }];
  });
  const missing = existing.filter((fn) => !wantedKeys.has(functionKey(fn)));
  const isReached = ({ providerConfigKey }: CurrentFunction) =>
    mode === "all" || (mode === "integration" && integrations.has(providerConfigKey));
  return {
    create: wanted.filter((fn) => !byName.has(functionKey(fn))),
    update: known.filter((pair) => !isUnchanged(pair)),
    unchanged: known.filter(isUnchanged),
    remove: missing.filter(isReached),
    untouched: missing.filter((fn) => !isReached(fn)),
  };
}

function isUnchanged({ wanted, existing }: { wanted: DesiredFunction; existing: CurrentFunction }): boolean {
  return (
    sha256Hex(wanted.code.js) === existing.codeHashes.js &&
    sha256Hex(wanted.code.ts) === existing.codeHashes.ts &&
    isDeepStrictEqual(toStoredJson(wanted.definition), toStoredJson(existing.definition))
  );
}

/** A definition as JSON gives it back: `-0` and `undefined` do not survive storage. */
function toStoredJson(definition: FunctionDefinition): unknown {
  return JSON.parse(JSON.stringify(definition));
}

/** Models of syncs that nothing keeps once the plan is carried out, by name. */
export function listDeletedModels(plan: DeploymentPlan): string[] {
  const after = [
    ...plan.create,
    ...[...plan.update, ...plan.unchanged].map(({ wanted }) => wanted),
    ...plan.untouched,
  ];
  const kept = new Set(after.flatMap(modelKeys));
  const before = [...plan.remove, ...plan.update.map(({ existing }) => existing)];
  const gone = before.flatMap((fn) =>
    fn.kind === "sync" ? fn.definition.models.filter((model) => !kept.has(modelKey(fn, model))) : [],
  );
  return [...new Set(gone)];
}

type WithModels = Pick<DesiredFunction, "kind" | "providerConfigKey" | "definition">;

function modelKeys(fn: WithModels): string[] {
  return fn.kind === "sync" ? fn.definition.models.map((model) => modelKey(fn, model)) : [];
}

function modelKey({ providerConfigKey }: WithModels, model: string): string {
  return `${providerConfigKey}\n${model}`;
}

/** The version after this one: the last number goes up by one. `0.0.1` comes first. */
export function nextVersion(version: string | null): string {
  if (version === null) return "0.0.1";
  const [major, minor, patch] = version.split(".");
  return `${major}.${minor}.${Number(patch) + 1}`;
}
