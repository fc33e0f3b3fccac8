import { type ApiKeySummary, type LastUse, lastUseSchema } from "@/lib/access/api-keys/model";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import type { LiveEvent } from "./event";

/** What happened to an environment's keys and was not passed on yet, by key: the last word on each is enough. */
export type PendingUpdates = {
  readonly keys: Map<number, "changed" | "deleted">;
  readonly uses: Map<number, { readonly at: string; readonly lastUse: LastUse | null }>;
};

export function noPendingUpdates(): PendingUpdates {
  return { keys: new Map(), uses: new Map() };
}

/** Records a key's latest use. One whose details do not parse, as of a newer version, is dropped. */
export function recordUse(
  { uses }: PendingUpdates,
  { keyId, at, lastUse }: Extract<Notification, { readonly kind: "use" }>,
): void {
  const parsed = lastUseSchema.nullable().safeParse(lastUse);
  if (parsed.success) uses.set(keyId, { at, lastUse: parsed.data });
}

/** The ids of keys that must be read to tell of them. */
export function changedKeyIds({ keys }: PendingUpdates): number[] {
  return [...keys].flatMap(([id, change]) => (change === "changed" ? [id] : []));
}

/** The news as events, given the keys that were read for it: one that is not among them is gone by now. */
export function toEvents(news: PendingUpdates, read: readonly ApiKeySummary[]): LiveEvent[] {
  const found = new Map(read.map((key) => [key.id, key]));
  const keys = [...news.keys.keys()].map((id): LiveEvent => {
    const key = found.get(id);
    return key === undefined ? { kind: "deleted", id } : { kind: "key", key };
  });
  const uses = [...news.uses].map(
    ([id, { at, lastUse }]): LiveEvent => ({ kind: "used", id, lastUsedAt: at, lastUse }),
  );
  return [...keys, ...uses];
}
