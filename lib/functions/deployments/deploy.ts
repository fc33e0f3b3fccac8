import type { DeployedFunction } from "@/lib/functions/definitions/model";
import { listCodeHashes, listFunctions } from "@/lib/functions/definitions/store";
import { ensureBaseSyncs } from "@/lib/functions/syncs/store";
import type { Database, Queryable, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { lockIntegrationForKeyShare } from "@/lib/upstream/integrations/store";
import { toDeployMode, toDesiredFunctions } from "./desired-functions";
import type { DeploymentInput } from "./model";
import { type CurrentFunction, type DeploymentPlan, nextVersion, planDeployment } from "./plan";
import { deleteFunctions, insertFunction, tryAcquireDeployLock, updateFunction } from "./store";

export type DeployError =
  /** Another deployment of the environment is running, in this process or another. */
  { readonly kind: "concurrent" } | { readonly kind: "unknown_integration"; readonly uniqueKey: string };

/** Computes what a deployment would change. Functions of unknown integrations count as new. */
export async function loadDeploymentPlan(
  db: Queryable,
  environmentId: number,
  input: DeploymentInput,
): Promise<DeploymentPlan> {
  const [deployed, hashes] = await Promise.all([
    listFunctions(db, environmentId),
    listCodeHashes(db, environmentId),
  ]);
  // When the field is absent, on-event scripts stay as they are; an empty list removes them.
  const ignoresScripts = input.onEventScriptsByProvider === undefined;
  const existing = deployed.filter(({ kind }) => !(ignoresScripts && kind === "on-event"));
  return planDeployment(toDesiredFunctions(input), withCodeHashes(existing, hashes), toDeployMode(input));
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
    const integrations = await lockIntegrations(tx, environmentId, input);
    if (!integrations.ok) return integrations;
    const plan = await loadDeploymentPlan(tx, environmentId, input);
    await applyPlan(tx, environmentId, plan, integrations.value, input);
    return ok(await listFunctions(tx, environmentId));
  });
}

type IntegrationIds = ReadonlyMap<string, number>;

async function lockIntegrations(
  tx: Transaction,
  environmentId: number,
  input: DeploymentInput,
): Promise<Result<IntegrationIds, DeployError>> {
  const ids = new Map<string, number>();
  // Keys come from the input and not from its functions, because an entry of scripts may be empty.
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
  integrations: IntegrationIds,
  input: DeploymentInput,
): Promise<void> {
  const sdkVersion = input.sdkVersion ?? null;

  if (input.reconcile && plan.remove.length > 0) {
    await deleteFunctions(
      tx,
      environmentId,
      plan.remove.map(({ id }) => id),
    );
  }
  for (const desired of plan.create) {
    const integrationId = requireIntegrationId(integrations, desired.providerConfigKey);
    const values = { desired, version: nextVersion(null), sdkVersion };
    await insertFunction(tx, environmentId, integrationId, values);
  }
  for (const { desired, existing } of plan.update) {
    const values = { desired, version: nextVersion(existing.version), sdkVersion };
    await updateFunction(tx, environmentId, existing.id, values);
  }
  const newSyncs = plan.create.filter(({ kind }) => kind === "sync");
  for (const uniqueKey of new Set(newSyncs.map(({ providerConfigKey }) => providerConfigKey))) {
    await ensureBaseSyncs(tx, environmentId, requireIntegrationId(integrations, uniqueKey));
  }
}

function requireIntegrationId(integrations: IntegrationIds, uniqueKey: string): number {
  const id = integrations.get(uniqueKey);
  if (id === undefined) throw new Error(`The integration "${uniqueKey}" was not locked for the deployment`);
  return id;
}

function withCodeHashes(
  deployed: readonly DeployedFunction[],
  hashes: ReadonlyMap<number, CurrentFunction["codeHashes"]>,
): CurrentFunction[] {
  return deployed.map((fn) => {
    const codeHashes = hashes.get(fn.id);
    if (codeHashes === undefined) throw new Error(`Function ${fn.id} has no code for its version`);
    return { ...fn, codeHashes };
  });
}
