import { getKeyActivity, type KeyActivity } from "@/lib/access/api-keys/key-activity";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { fullAccess, includedScope, isScope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { formatGrantsLabel } from "@/lib/access/scopes/profiles";

export const sortColumns = ["name", "key", "permissions", "last_used", "created"] as const;
export type SortColumn = (typeof sortColumns)[number];

export const filters = ["all", "in_use", "quiet", "never_used", "expired"] as const;
export type Filter = (typeof filters)[number];

/**
 * Search, filter and order of the list. Stored in the URL, so that it can be shared and survives a reload.
 */
export type ListView = {
  readonly query: string;
  readonly filter: Filter;
  readonly sort: SortColumn;
  readonly descending: boolean;
};

/** Sorted by creation, oldest first, so that neither a new key nor a use moves the other rows. */
export const defaultView: ListView = { query: "", filter: "all", sort: "created", descending: false };

/** Parses `?q=&show=&sort=`. Ignores invalid values. A leading `-` in `sort` means descending. */
export function parseView(parameters: { get(name: string): string | null }): ListView {
  const sort = parameters.get("sort") ?? "";
  const column = sortColumns.find((name) => name === sort.replace(/^-/, ""));
  return {
    query: parameters.get("q")?.slice(0, 255) ?? "",
    filter: filters.find((name) => name === parameters.get("show")) ?? "all",
    sort: column ?? defaultView.sort,
    descending: column !== undefined && sort.startsWith("-"),
  };
}

/** Formats a view as a URL query, without the `?`. Empty for the default view. */
export function formatView(view: ListView): string {
  const parameters = new URLSearchParams();
  if (view.query !== "") parameters.set("q", view.query);
  if (view.filter !== "all") parameters.set("show", view.filter);
  if (view.sort !== defaultView.sort || view.descending)
    parameters.set("sort", (view.descending ? "-" : "") + view.sort);
  return parameters.toString();
}

/** Sorts by `column` ascending, or reverses the order if the view is already sorted by it. */
export function toggleSort(view: ListView, column: SortColumn): ListView {
  return { ...view, sort: column, descending: view.sort === column && !view.descending };
}

/** Counts the keys for each filter. `now` is in milliseconds since 1970. */
export function countByActivity(keys: readonly ApiKeySummary[], now: number): Record<Filter, number> {
  const counts = { all: keys.length, in_use: 0, quiet: 0, never_used: 0, expired: 0 };
  for (const key of keys) counts[getKeyActivity(key, now)] += 1;
  return counts;
}

/** Returns the keys that match the view, in its order. `now` is in milliseconds since 1970. */
export function filterAndSortKeys(
  keys: readonly ApiKeySummary[],
  view: ListView,
  now: number,
): ApiKeySummary[] {
  const shown = keys.filter(
    (key) => matchesFilter(key, view.filter, now) && matchesQuery(key, view.query.trim().toLowerCase()),
  );
  const direction = view.descending ? -1 : 1;
  return shown.sort((a, b) => direction * (compare[view.sort](a, b) || a.id - b.id));
}

function matchesFilter(key: ApiKeySummary, filter: Filter, now: number): boolean {
  const activity: KeyActivity = getKeyActivity(key, now);
  return filter === "all" || filter === activity;
}

/**
 * A complete scope matches every key that covers it. Other text matches part of a name, of the permissions
 * label, of a scope, or of the prefix and last four characters of a key.
 */
function matchesQuery(key: ApiKeySummary, query: string): boolean {
  if (isScope(query)) return covers(key.grants, query);
  const scopes = key.grants.flatMap((grant) =>
    grant === fullAccess ? [] : [grant, includedScope(grant) ?? grant],
  );
  const texts = [key.displayName, formatGrantsLabel(key.grants), ...scopes, key.prefix + key.lastFour];
  return texts.some((text) => text.toLowerCase().includes(query));
}

const nameCollator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Zero for a key that was never used, so that it sorts before all others. */
const lastUsedTime = (key: ApiKeySummary) => (key.lastUsedAt === null ? 0 : Date.parse(key.lastUsedAt));

const compare: Record<SortColumn, (a: ApiKeySummary, b: ApiKeySummary) => number> = {
  name: (a, b) => nameCollator.compare(a.displayName, b.displayName),
  key: (a, b) => nameCollator.compare(a.lastFour, b.lastFour),
  permissions: (a, b) => nameCollator.compare(formatGrantsLabel(a.grants), formatGrantsLabel(b.grants)),
  last_used: (a, b) => lastUsedTime(a) - lastUsedTime(b),
  created: (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt),
};
