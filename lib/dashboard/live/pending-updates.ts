import { type ApiKeySummary, type LastUse, lastUseSchema } from "@/lib/access/api-keys/model";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import type { LiveEvent } from "./event";

/** Changes and uses of an environment's keys that are not sent yet, by key id: only the latest of each. */
export type PendingUpdates = {
  readonly keys: Map<number, "changed" | "deleted">;
  readonly uses: Map<number, { readonly at: string; readonly lastUse: LastUse | null }>;
};

export function noPendingUpdates(): PendingUpdates {
  return { keys: new Map(), uses: new Map() };
}

/** Records a key's latest use. Drops a use whose details do not parse, as from a newer version. */
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

/** Returns the updates as events. `read` are the keys read for them; a key missing there has been deleted. */
export function toEvents(updates: PendingUpdates, read: readonly ApiKeySummary[]): LiveEvent[] {
  const found = new Map(read.map((key) => [key.id, key]));
  const keys = [...updates.keys.keys()].map((id): LiveEvent => {
    const key = found.get(id);
    return key === undefined ? { kind: "deleted", id } : { kind: "key", key };
  });
  const uses = [...updates.uses].map(
    ([id, { at, lastUse }]): LiveEvent => ({ kind: "used", id, lastUsedAt: at, lastUse }),
  );
  return [...keys, ...uses];
}
