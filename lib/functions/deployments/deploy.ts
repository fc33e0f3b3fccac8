import type { DeployedFunction } from "@/lib/functions/definitions/model";
import { listCodeHashes, listFunctions } from "@/lib/functions/definitions/store";
import { createMissingSyncs } from "@/lib/functions/syncs/store";
import type { Database, Queryable, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { lockIntegrationForKeyShare } from "@/lib/upstream/integrations/store";
import { toDeployMode, toDesiredFunctions } from "./desired-functions";
import type { DeploymentInput } from "./model";
import { type DeployedFunctionWithHashes, type DeploymentPlan, nextVersion, planDeployment } from "./plan";
import { deleteFunctions, insertFunction, tryAcquireDeployLock, updateFunction } from "./store";

export type DeployError =
  /** Another deployment of the environment is running, in this process or another. */
  | { readonly kind: "concurrent" }
  /** The environment has no integration with this key. */
  | { readonly kind: "unknown_integration"; readonly uniqueKey: string };

/** Computes what a deployment changes. Functions of unknown integrations count as new. */
export async function computeDeploymentPlan(
  db: Queryable,
  environmentId: number,
  input: DeploymentInput,
): Promise<DeploymentPlan> {
  const [allDeployed, hashes] = await Promise.all([
    listFunctions(db, environmentId),
    listCodeHashes(db, environmentId),
  ]);
  // Without `onEventScriptsByProvider`, on-event scripts stay as they are. An empty list removes them.
  const ignoresScripts = input.onEventScriptsByProvider === undefined;
  const deployed = allDeployed.filter(({ kind }) => !(ignoresScripts && kind === "on-event"));
  return planDeployment(toDesiredFunctions(input), withCodeHashes(deployed, hashes), toDeployMode(input));
}

/**
 * Deploys functions to an environment in one transaction, one deployment at a time. Increments the version of
 * a function only when it changed. Returns all functions of the environment after the deployment.
 */
export async function deploy(
  db: Database,
  environmentId: number,
  input: DeploymentInput,
): Promise<Result<DeployedFunction[], DeployError>> {
  return db.transaction(async (tx) => {
    if (!(await tryAcquireDeployLock(tx, environmentId))) return fail({ kind: "concurrent" });
    const integrationIds = await lockIntegrations(tx, environmentId, input);
    if (!integrationIds.ok) return integrationIds;
    const plan = await computeDeploymentPlan(tx, environmentId, input);
    await applyPlan(tx, environmentId, plan, integrationIds.value, input);
    return ok(await listFunctions(tx, environmentId));
  });
}

/** Ids of integrations, by unique key. */
type IntegrationIds = ReadonlyMap<string, number>;

/** Locks the integrations that the request names against deletion and a change of their keys. */
async function lockIntegrations(
  tx: Transaction,
  environmentId: number,
  input: DeploymentInput,
): Promise<Result<IntegrationIds, DeployError>> {
  const ids = new Map<string, number>();
  // Includes integrations whose `scripts` list is empty. `toDesiredFunctions` contains nothing of them.
  const keys = [...input.flowConfigs, ...(input.onEventScriptsByProvider ?? [])].map(
    ({ providerConfigKey }) => providerConfigKey,
  );
  // Rows are locked in key order, so that transactions that lock several of them cannot deadlock.
  for (const uniqueKey of [...new Set(keys)].sort()) {
    const integration = await lockIntegrationForKeyShare(tx, environmentId, uniqueKey);
    if (integration === null) return fail({ kind: "unknown_integration", uniqueKey });
    ids.set(uniqueKey, integration.id);
  }
  return ok(ids);
}

async function applyPlan(
  tx: Transaction,
  environmentId: number,
  plan: DeploymentPlan,
  integrationIds: IntegrationIds,
  input: DeploymentInput,
): Promise<void> {
  const sdkVersion = input.sdkVersion ?? null;

  // Without `reconcile`, functions that are missing from the request stay.
  if (input.reconcile && plan.remove.length > 0) {
    await deleteFunctions(
      tx,
      environmentId,
      plan.remove.map(({ id }) => id),
    );
  }
  for (const desired of plan.create) {
    const integrationId = requireIntegrationId(integrationIds, desired.providerConfigKey);
    const values = { desired, version: nextVersion(null), sdkVersion };
    await insertFunction(tx, environmentId, integrationId, values);
  }
  for (const { desired, deployed } of plan.update) {
    const values = { desired, version: nextVersion(deployed.version), sdkVersion };
    await updateFunction(tx, environmentId, deployed.id, values);
  }
  const newSyncs = plan.create.filter(({ kind }) => kind === "sync");
  for (const uniqueKey of new Set(newSyncs.map(({ providerConfigKey }) => providerConfigKey))) {
    await createMissingSyncs(tx, environmentId, requireIntegrationId(integrationIds, uniqueKey), null);
  }
}

function requireIntegrationId(integrationIds: IntegrationIds, uniqueKey: string): number {
  const id = integrationIds.get(uniqueKey);
  if (id === undefined) throw new Error(`The integration "${uniqueKey}" was not locked for the deployment`);
  return id;
}

function withCodeHashes(
  deployed: readonly DeployedFunction[],
  hashes: ReadonlyMap<number, DeployedFunctionWithHashes["codeHashes"]>,
): DeployedFunctionWithHashes[] {
  return deployed.map((fn) => {
    const codeHashes = hashes.get(fn.id);
    if (codeHashes === undefined) throw new Error(`Function ${fn.id} has no code for its version`);
    return { ...fn, codeHashes };
  });
}
