import type { SortColumn } from "./list-view";

/*
 * Rows are grids: on wide screens they look like a table, on narrow ones like a card per key. The elements
 * keep their table roles, because Chromium, Firefox and Safari do not derive them from `display`.
 */

const wide =
  "@4xl:grid-cols-[minmax(0,1.3fr)_10.75rem_minmax(9.25rem,1.05fr)_minmax(0,1.9fr)_minmax(0,0.95fr)_4rem]";

export const rowClass = `relative isolate grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-t px-4 py-3 first:border-t-0 @4xl:gap-y-0 @4xl:py-2 ${wide}`;

export const headRowClass = `flex flex-wrap before:text-ink-3 before:text-sm before:content-["Sort_by"] @4xl:before:hidden items-center gap-x-4 gap-y-1 px-4 py-2 @4xl:grid @4xl:h-10 @4xl:py-0 ${wide}`;

export const cellClass = {
  name: "self-center wrap-anywhere text-left font-medium @4xl:self-start @4xl:py-1.5",
  key: "order-3 col-span-2 -my-1 flex items-center gap-1 @4xl:order-none @4xl:col-span-1 @4xl:my-0 @4xl:min-h-8",
  permissions: "order-4 col-span-2 flex min-w-0 items-center @4xl:order-none @4xl:col-span-1 @4xl:min-h-8",
  last_used: "order-5 col-span-2 min-w-0 py-0.5 @4xl:order-none @4xl:col-span-1 @4xl:pt-1.5",
  created: "order-6 col-span-2 min-w-0 @4xl:order-none @4xl:col-span-1 @4xl:pt-1.5 @4xl:pb-0.5",
  actions: "order-2 -mr-2 flex justify-end @4xl:order-none",
  secret: "order-7 col-span-full pt-2 pb-1",
} as const;

export const columnNames = {
  name: "Name",
  key: "Key",
  permissions: "Permissions",
  last_used: "Last used",
  created: "Created",
} as const satisfies Record<SortColumn, string>;
