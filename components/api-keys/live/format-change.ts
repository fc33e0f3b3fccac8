import { truncateName } from "@/components/api-keys/format/truncate-name";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import type { LiveEvent } from "@/lib/dashboard/live/event";

/**
 * Describes the change that an event makes to the list: `Created: CI Deploy Key`. Null when the list already
 * shows the change. The verb comes first, because a narrow screen cuts off the end.
 */
export function formatChange(list: ApiKeyList, event: LiveEvent): string | null {
  if (event.kind === "deleted") {
    const key = list.keys.find(({ id }) => id === event.id);
    return key === undefined ? null : `Deleted: ${truncateName(key.displayName)}`;
  }
  if (event.kind !== "key") return null;
  const old = list.keys.find(({ id }) => id === event.key.id);
  const name = truncateName(event.key.displayName);
  if (old === undefined) return `Created: ${name}`;
  if (old.displayName !== event.key.displayName) return `Renamed: ${name}`;
  return old.grants.join() === event.key.grants.join() ? null : `Permissions changed: ${name}`;
}
