import { type ApiKeySummary, type LastUse, lastUseSchema } from "@/lib/access/api-keys/model";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import type { LiveEvent } from "./event";

/**
 * The changes and uses of an environment's keys that have not been sent yet: for each key id, only the
 * latest.
 */
export type PendingUpdates = {
  readonly keys: Map<number, "changed" | "deleted">;
  readonly uses: Map<number, { readonly at: string; readonly lastUse: LastUse | null }>;
};

export function noPendingUpdates(): PendingUpdates {
  return { keys: new Map(), uses: new Map() };
}

/**
 * Records a key's latest use. Drops a use whose details do not parse: a process of a newer version may have
 * sent it.
 */
export function recordUse(
  { uses }: PendingUpdates,
  { keyId, at, lastUse }: Extract<Notification, { readonly kind: "use" }>,
): void {
  const parsed = lastUseSchema.nullable().safeParse(lastUse);
  if (parsed.success) uses.set(keyId, { at, lastUse: parsed.data });
}

/** Returns the ids of the keys to read from the database. */
export function changedKeyIds({ keys }: PendingUpdates): number[] {
  return [...keys].flatMap(([id, change]) => (change === "changed" ? [id] : []));
}

/**
 * Returns the updates as events. `foundKeys` are the changed keys that still exist; a key that is missing was
 * deleted.
 */
export function toEvents(updates: PendingUpdates, foundKeys: readonly ApiKeySummary[]): LiveEvent[] {
  const keysById = new Map(foundKeys.map((key) => [key.id, key]));
  const keys = [...updates.keys.keys()].map((id): LiveEvent => {
    const key = keysById.get(id);
    return key === undefined ? { kind: "deleted", id } : { kind: "key", key };
  });
  const uses = [...updates.uses].map(
    ([id, { at, lastUse }]): LiveEvent => ({ kind: "used", id, lastUsedAt: at, lastUse }),
  );
  return [...keys, ...uses];
}
