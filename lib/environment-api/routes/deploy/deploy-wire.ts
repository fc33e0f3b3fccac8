import { z } from "zod";
import {
  type DeployedFunction,
  type FunctionKind,
  functionKinds,
  onEventNames,
} from "@/lib/functions/definitions/model";
import type { DeploymentInput } from "@/lib/functions/deployments/model";
import { deletedModels, type Existing, type Plan } from "@/lib/functions/deployments/plan";
import type { WantedFunction } from "@/lib/functions/deployments/wanted";

const named = { name: z.string(), providerConfigKey: z.string() };

const syncWire = z.strictObject({
  ...named,
  auto_start: z.boolean(),
  /** For a new sync the connections it could work on, otherwise those it works on. */
  connections: z.int(),
  id: z.int().optional(),
  enabled: z.boolean().optional(),
});
const actionWire = z.strictObject(named);
const onEventWire = z.strictObject({ ...named, event: z.enum(onEventNames) });

/** The ten arrays; the command line breaks when one is missing (contract, trap 14). */
export const confirmationWire = z.strictObject({
  newSyncs: z.array(syncWire),
  updatedSyncs: z.array(syncWire),
  deletedSyncs: z.array(syncWire),
  newActions: z.array(actionWire),
  updatedActions: z.array(actionWire),
  deletedActions: z.array(actionWire),
  newOnEventScripts: z.array(onEventWire),
  updatedOnEventScripts: z.array(onEventWire),
  deletedOnEventScripts: z.array(onEventWire),
  deletedModels: z.array(z.string()),
});

/** How many connections there are, and how many each sync is at work on. */
export type ConnectionCounts = {
  readonly byIntegration: ReadonlyMap<string, number>;
  readonly byFunction: ReadonlyMap<number, number>;
};

export function toConfirmation(plan: Plan, counts: ConnectionCounts): z.infer<typeof confirmationWire> {
  const created = plan.create;
  const updated = plan.update;
  const removed = plan.remove;
  const existingSync = (fn: WantedFunction | Existing, existing: Existing) => ({
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
    deletedModels: deletedModels(plan),
  };
}

const is =
  (kind: FunctionKind) =>
  (fn: { readonly kind: FunctionKind }): boolean =>
    fn.kind === kind;

function nameOf({ name, providerConfigKey }: WantedFunction | Existing) {
  return { name, providerConfigKey };
}

function onEventOf(fn: WantedFunction | Existing) {
  return fn.event === null ? [] : [{ ...nameOf(fn), event: fn.event }];
}

/** One deployed sync or action in the answer of a deployment. */
export const deployedWire = z.strictObject({
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
export function toDeployed(
  input: DeploymentInput,
  deployed: readonly DeployedFunction[],
): z.infer<typeof deployedWire>[] {
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
