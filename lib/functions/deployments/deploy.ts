import type { DeployedFunction } from "@/lib/functions/definitions/model";
import { listCodeHashes, listFunctions } from "@/lib/functions/definitions/store";
import { ensureSyncs } from "@/lib/functions/syncs/store";
import type { Database, Queryable, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { holdIntegration } from "@/lib/upstream/integrations/store";
import type { DeploymentInput } from "./model";
import { type Existing, nextVersion, type Plan, planDeployment } from "./plan";
import { deleteFunctions, insertFunction, tryDeployLock, updateFunction } from "./store";
import { modeOf, wantedFunctions } from "./wanted";

export type DeployRefusal =
  /** Another deployment of the environment is under way, in this process or another. */
  { readonly kind: "concurrent" } | { readonly kind: "unknown_integration"; readonly uniqueKey: string };

/** What a deployment would change. Unknown integrations are not looked for: their functions count as new. */
export async function planFor(db: Queryable, environmentId: number, input: DeploymentInput): Promise<Plan> {
  const [deployed, hashes] = await Promise.all([
    listFunctions(db, environmentId),
    listCodeHashes(db, environmentId),
  ]);
  // A body without on-event scripts says nothing about them; an empty list says that there are none.
  const silent = input.onEventScriptsByProvider === undefined;
  const existing = deployed.filter(({ kind }) => !(silent && kind === "on-event"));
  return planDeployment(wantedFunctions(input), withHashes(existing, hashes), modeOf(input));
}

/**
 * Brings an environment's functions to what `input` says, all or nothing, one deployment at a time. A version goes up
 * only where something changed. Returns every function of the environment afterwards.
 */
export async function deploy(
  db: Database,
  environmentId: number,
  input: DeploymentInput,
): Promise<Result<DeployedFunction[], DeployRefusal>> {
  return db.transaction(async (tx) => {
    if (!(await tryDeployLock(tx, environmentId))) return fail({ kind: "concurrent" });
    const integrations = await holdIntegrations(tx, environmentId, input);
    if (!integrations.ok) return integrations;
    const plan = await planFor(tx, environmentId, input);
    await carryOut(tx, environmentId, plan, integrations.value, input);
    return ok(await listFunctions(tx, environmentId));
  });
}

type IntegrationIds = ReadonlyMap<string, number>;

async function holdIntegrations(
  tx: Transaction,
  environmentId: number,
  input: DeploymentInput,
): Promise<Result<IntegrationIds, DeployRefusal>> {
  const ids = new Map<string, number>();
  // Scripts may name an integration and hold nothing for it, so the body is asked and not the functions in it.
  const keys = [...input.flowConfigs, ...(input.onEventScriptsByProvider ?? [])].map(
    ({ providerConfigKey }) => providerConfigKey,
  );
  // In order, so that whoever else takes several of these rows does not deadlock with us.
  for (const uniqueKey of [...new Set(keys)].sort()) {
    const integration = await holdIntegration(tx, environmentId, uniqueKey);
    if (integration === null) return fail({ kind: "unknown_integration", uniqueKey });
    ids.set(uniqueKey, integration.id);
  }
  return ok(ids);
}

async function carryOut(
  tx: Transaction,
  environmentId: number,
  plan: Plan,
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
  for (const wanted of plan.create) {
    const integrationId = idOf(integrations, wanted.providerConfigKey);
    const values = { wanted, version: nextVersion(null), sdkVersion };
    await insertFunction(tx, environmentId, integrationId, values);
  }
  for (const { wanted, existing } of plan.update) {
    const values = { wanted, version: nextVersion(existing.version), sdkVersion };
    await updateFunction(tx, environmentId, existing.id, values);
  }
  const withNewSyncs = plan.create.filter(({ kind }) => kind === "sync");
  for (const uniqueKey of new Set(withNewSyncs.map(({ providerConfigKey }) => providerConfigKey))) {
    await ensureSyncs(tx, environmentId, idOf(integrations, uniqueKey));
  }
}

function idOf(integrations: IntegrationIds, uniqueKey: string): number {
  const id = integrations.get(uniqueKey);
  if (id === undefined) throw new Error("An integration was not held");
  return id;
}

function withHashes(
  deployed: readonly DeployedFunction[],
  hashes: ReadonlyMap<number, Existing["codeHashes"]>,
): Existing[] {
  return deployed.map((fn) => {
    const codeHashes = hashes.get(fn.id);
    if (codeHashes === undefined) throw new Error(`Function ${fn.id} has no code for its version`);
    return { ...fn, codeHashes };
  });
}
