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
  type CurrentFunction,
  type DeploymentPlan,
  listDeletedModels,
} from "@/lib/functions/deployments/plan";

const named = { name: z.string(), providerConfigKey: z.string() };

const syncDtoSchema = z.strictObject({
  ...named,
  auto_start: z.boolean(),
  /** For a new sync the connections it could work on, otherwise those it works on. */
  connections: z.int(),
  id: z.int().optional(),
  enabled: z.boolean().optional(),
});
const actionDtoSchema = z.strictObject(named);
const onEventDtoSchema = z.strictObject({ ...named, event: z.enum(onEventNames) });

/** The ten arrays; the command line breaks when one is missing (contract, trap 14). */
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

/** How many connections there are, and how many each sync is at work on. */
export type ConnectionCounts = {
  readonly byIntegration: ReadonlyMap<string, number>;
  readonly byFunction: ReadonlyMap<number, number>;
};

export function toConfirmationDto(
  plan: DeploymentPlan,
  counts: ConnectionCounts,
): z.infer<typeof confirmationDtoSchema> {
  const created = plan.create;
  const updated = plan.update;
  const removed = plan.remove;
  const existingSync = (fn: DesiredFunction | CurrentFunction, existing: CurrentFunction) => ({
    ...nameOf(fn),
    auto_start: fn.definition.autoStart,
    connections: counts.byFunction.get(existing.id) ?? 0,
    id: existing.id,
    enabled: existing.enabled,
  });
  return {
    newSyncs: created.filter(is("sync")).map((fn) => ({
      ...nameOf(fn),
      auto_start: fn.definition.autoStart,
      connections: counts.byIntegration.get(fn.providerConfigKey) ?? 0,
    })),
    updatedSyncs: updated
      .filter(({ wanted }) => wanted.kind === "sync")
      .map(({ wanted, existing }) => existingSync(wanted, existing)),
    deletedSyncs: removed.filter(is("sync")).map((fn) => existingSync(fn, fn)),
    newActions: created.filter(is("action")).map(nameOf),
    updatedActions: updated
      .map(({ wanted }) => wanted)
      .filter(is("action"))
      .map(nameOf),
    deletedActions: removed.filter(is("action")).map(nameOf),
    newOnEventScripts: created.flatMap(onEventOf),
    updatedOnEventScripts: updated.flatMap(({ wanted }) => onEventOf(wanted)),
    deletedOnEventScripts: removed.flatMap(onEventOf),
    deletedModels: listDeletedModels(plan),
  };
}

const is =
  (kind: FunctionKind) =>
  (fn: { readonly kind: FunctionKind }): boolean =>
    fn.kind === kind;

function nameOf({ name, providerConfigKey }: DesiredFunction | CurrentFunction) {
  return { name, providerConfigKey };
}

function onEventOf(fn: DesiredFunction | CurrentFunction) {
  return fn.event === null ? [] : [{ ...nameOf(fn), event: fn.event }];
}

/** One deployed sync or action in the answer of a deployment. */
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

/** The syncs and actions that the body named, as they are now. */
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
