import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import type { LiveEvent } from "@/lib/dashboard/live/event";

/** The list after an event. React Query keeps what is equal as the same object: only what changed is drawn again. */
export function applyEvent(list: ApiKeyList, event: LiveEvent): ApiKeyList {
  const { keys } = list;
  const known = (id: number) => keys.find((key) => key.id === id);
  switch (event.kind) {
    case "list":
      return { ...event.list, keys: event.list.keys.map((key) => withLatestUse(key, known(key.id))) };
    case "key": {
      const key = withLatestUse(event.key, known(event.key.id));
      const isNew = known(key.id) === undefined;
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

/** The last use only moves forward: what was read a moment earlier may arrive a moment later. */
function withLatestUse(
  key: ApiKeySummary,
  use: Pick<ApiKeySummary, "lastUsedAt" | "lastUse"> | undefined,
): ApiKeySummary {
  const { lastUsedAt = null, lastUse = null } = use ?? {};
  if (lastUsedAt === null || (key.lastUsedAt !== null && key.lastUsedAt >= lastUsedAt)) return key;
  return { ...key, lastUsedAt, lastUse };
}
