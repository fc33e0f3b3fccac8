import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import type { LiveEvent } from "@/lib/dashboard/live/event";

/**
 * Returns the list after an event. React Query keeps the objects that are equal, so that only changed rows
 * render again.
 */
export function applyEvent(list: ApiKeyList, event: LiveEvent): ApiKeyList {
  const { keys } = list;
  const findKey = (id: number) => keys.find((key) => key.id === id);
  switch (event.kind) {
    case "list":
      return { ...event.list, keys: event.list.keys.map((key) => withLatestUse(key, findKey(key.id))) };
    case "key": {
      const key = withLatestUse(event.key, findKey(event.key.id));
      const isNew = findKey(key.id) === undefined;
      return { ...list, keys: isNew ? [...keys, key] : keys.map((old) => (old.id === key.id ? key : old)) };
    }
    case "deleted":
      return { ...list, keys: keys.filter(({ id }) => id !== event.id) };
    case "used":
      return { ...list, keys: keys.map((key) => (key.id === event.id ? withLatestUse(key, event) : key)) };
    case "time":
      return list;
  }
}

/** Returns the key with the later of two last uses, because an event can be older than the list. */
function withLatestUse(
  key: ApiKeySummary,
  use: Pick<ApiKeySummary, "lastUsedAt" | "lastUse"> | undefined,
): ApiKeySummary {
  const { lastUsedAt = null, lastUse = null } = use ?? {};
  if (lastUsedAt === null || (key.lastUsedAt !== null && key.lastUsedAt >= lastUsedAt)) return key;
  return { ...key, lastUsedAt, lastUse };
}
