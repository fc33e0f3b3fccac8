import { z } from "zod";
import {
  type DeployedFunction,
  type FunctionKind,
  functionKinds,
  onEventNames,
} from "@/lib/functions/definitions/model";
import type { DesiredFunction } from "@/lib/functions/deployments/desired-functions";
import type { DeploymentInput } from "@/lib/functions/deployments/model";
import {
  type DeployedFunctionWithHashes,
  type DeploymentPlan,
  listDeletedModels,
} from "@/lib/functions/deployments/plan";

const nameFields = { name: z.string(), providerConfigKey: z.string() };

const syncDtoSchema = z.strictObject({
  ...nameFields,
  auto_start: z.boolean(),
  /** The number of connections: of a new sync, all of its integration; otherwise those that have the sync. */
  connections: z.int(),
  id: z.int().optional(),
  enabled: z.boolean().optional(),
});
const actionDtoSchema = z.strictObject(nameFields);
const onEventDtoSchema = z.strictObject({ ...nameFields, event: z.enum(onEventNames) });

/**
 * The ten arrays of changes. All are required, because the CLI crashes when one is missing
 * (docs/environment-api.md, section 5, trap 14).
 */
export const confirmationDtoSchema = z.strictObject({
  newSyncs: z.array(syncDtoSchema),
  updatedSyncs: z.array(syncDtoSchema),
  deletedSyncs: z.array(syncDtoSchema),
  newActions: z.array(actionDtoSchema),
  updatedActions: z.array(actionDtoSchema),
  deletedActions: z.array(actionDtoSchema),
  newOnEventScripts: z.array(onEventDtoSchema),
  updatedOnEventScripts: z.array(onEventDtoSchema),
  deletedOnEventScripts: z.array(onEventDtoSchema),
  deletedModels: z.array(z.string()),
});

export type ConnectionCounts = {
  /** The number of connections of each integration, by its key. */
  readonly byIntegration: ReadonlyMap<string, number>;
  /** The number of connections that have each sync, by the sync's function id. */
  readonly byFunction: ReadonlyMap<number, number>;
};

/** Converts a deployment plan to the confirmation's ten arrays. */
export function toConfirmationDto(
  plan: DeploymentPlan,
  counts: ConnectionCounts,
): z.infer<typeof confirmationDtoSchema> {
  const created = plan.create;
  const updated = plan.update;
  const removed = plan.remove;
  const toDeployedSyncDto = (
    fn: DesiredFunction | DeployedFunctionWithHashes,
    deployed: DeployedFunctionWithHashes,
  ) => ({
    ...nameOf(fn),
    auto_start: fn.definition.autoStart,
    connections: counts.byFunction.get(deployed.id) ?? 0,
    id: deployed.id,
    enabled: deployed.enabled,
  });
  return {
    newSyncs: created.filter(hasKind("sync")).map((fn) => ({
      ...nameOf(fn),
      auto_start: fn.definition.autoStart,
      connections: counts.byIntegration.get(fn.providerConfigKey) ?? 0,
    })),
    updatedSyncs: updated
      .filter(({ desired }) => desired.kind === "sync")
      .map(({ desired, deployed }) => toDeployedSyncDto(desired, deployed)),
    deletedSyncs: removed.filter(hasKind("sync")).map((fn) => toDeployedSyncDto(fn, fn)),
    newActions: created.filter(hasKind("action")).map(nameOf),
    updatedActions: updated
      .map(({ desired }) => desired)
      .filter(hasKind("action"))
      .map(nameOf),
    deletedActions: removed.filter(hasKind("action")).map(nameOf),
    newOnEventScripts: created.flatMap(onEventOf),
    updatedOnEventScripts: updated.flatMap(({ desired }) => onEventOf(desired)),
    deletedOnEventScripts: removed.flatMap(onEventOf),
    deletedModels: listDeletedModels(plan),
  };
}

const hasKind =
  (kind: FunctionKind) =>
  (fn: { readonly kind: FunctionKind }): boolean =>
    fn.kind === kind;

function nameOf({ name, providerConfigKey }: DesiredFunction | DeployedFunctionWithHashes) {
  return { name, providerConfigKey };
}

function onEventOf(fn: DesiredFunction | DeployedFunctionWithHashes) {
  return fn.event === null ? [] : [{ ...nameOf(fn), event: fn.event }];
}

/** One deployed sync or action in the response to a deployment. */
export const deployedFunctionDtoSchema = z.strictObject({
  name: z.string(),
  syncName: z.string(),
  sync_name: z.string(),
  version: z.string(),
  providerConfigKey: z.string(),
  type: z.enum(functionKinds),
  models: z.array(z.string()),
  id: z.int(),
  runs: z.string().nullable(),
  input: z.string().nullable(),
  last_deployed: z.iso.datetime(),
});

/** Lists the deployed syncs and actions that the request body contains, in the order of the body. */
export function toDeployedFunctionDtos(
  input: DeploymentInput,
  deployed: readonly DeployedFunction[],
): z.infer<typeof deployedFunctionDtoSchema>[] {
  return input.flowConfigs.flatMap((flow) =>
    deployed
      .filter(
        (fn) =>
          fn.kind === flow.type &&
          fn.name === flow.syncName &&
          fn.providerConfigKey === flow.providerConfigKey,
      )
      .map((fn) => ({
        name: fn.name,
        syncName: fn.name,
        sync_name: fn.name,
        version: fn.version,
        providerConfigKey: fn.providerConfigKey,
        type: fn.kind,
        models: [...fn.definition.models],
        id: fn.id,
        runs: fn.definition.runs,
        input: fn.definition.input,
        last_deployed: fn.deployedAt.toISOString(),
      })),
  );
}
