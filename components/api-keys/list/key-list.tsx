"use client";

import type { OpenKeyDialog } from "@/components/api-keys/dialogs/dialogs";
import { LiveStatus } from "@/components/api-keys/live/live-status";
import type { LiveState } from "@/components/api-keys/live/reconnecting-event-source";
import type { useKeyList } from "@/components/api-keys/live/use-key-list";
import { ListDeniedError } from "@/components/api-keys/queries/keys-query";
import { useClockValue } from "@/components/time/clock";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import { KeyTableSkeleton } from "./api-keys-skeleton";
import { FilterChips } from "./filter-chips";
import { KeyTable } from "./key-table";
import { ListError } from "./list-error";
import { NoKeys, NoMatchingKeys } from "./list-states";
import { countByActivity, defaultView, filterAndSortKeys } from "./list-view";
import { SearchBox } from "./search-box";
import { useListView } from "./use-list-view";

type KeyListProps = {
  readonly environment: string;
  readonly keyListQuery: ReturnType<typeof useKeyList>;
  readonly canManage: boolean;
  readonly onOpenDialog: OpenKeyDialog;
};

/** The list in each of its states: loading, failed, denied, empty or loaded. */
export function KeyList({ environment, keyListQuery, canManage, onOpenDialog }: KeyListProps) {
  const { data, error, isFetching, refetch, liveState, announcement } = keyListQuery;
  // After a failed refetch the last list stays visible, except when access to it was denied.
  if (error !== null && (data === undefined || error instanceof ListDeniedError)) {
    return <ListError error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <KeyTableSkeleton />;
  if (data.keys.length === 0) return <NoKeys environment={environment} canManage={canManage} />;
  return (
    <LoadedKeyList
      environment={environment}
      list={data}
      liveState={liveState}
      announcement={announcement}
      canManage={canManage}
      onOpenDialog={onOpenDialog}
    />
  );
}

type LoadedKeyListProps = {
  readonly environment: string;
  readonly list: ApiKeyList;
  readonly liveState: LiveState;
  readonly announcement: string;
  readonly canManage: boolean;
  readonly onOpenDialog: OpenKeyDialog;
};

const minuteMs = 60_000;

/** The list once it is loaded, with its search, filters and status. */
function LoadedKeyList({
  environment,
  list,
  liveState,
  announcement,
  canManage,
  onOpenDialog,
}: LoadedKeyListProps) {
  const [view, setView] = useListView();
  // Rounded to the minute, so that the list renders again once a minute and not every second.
  const now = useClockValue((time) => Math.floor(time / minuteMs) * minuteMs);
  const shown = filterAndSortKeys(list.keys, view, now);
  return (
    <section aria-label="API keys" className="grid min-w-0 grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
        <SearchBox query={view.query} onSearch={(query) => setView({ ...view, query })} />
        <FilterChips
          counts={countByActivity(list.keys, now)}
          selected={view.filter}
          onChoose={(filter) => setView({ ...view, filter })}
        />
        <div className="min-w-52 flex-1">
          <LiveStatus state={liveState} announcement={announcement} />
        </div>
      </div>
      {shown.length === 0 ? (
        <NoMatchingKeys
          onClear={() => setView({ ...defaultView, sort: view.sort, descending: view.descending })}
        />
      ) : (
        <div className="@container min-w-0">
          <KeyTable
            environment={environment}
            keys={shown}
            view={view}
            onViewChange={setView}
            canManage={canManage}
            onOpenDialog={onOpenDialog}
          />
        </div>
      )}
      <div className="flex flex-wrap justify-between gap-x-4 px-0.5 text-ink-3 text-sm">
        <p role="status" className="tabular-nums">
          {shown.length < list.keys.length && `${shown.length} shown · `}
          {list.keys.length === 1 ? "1 key" : `${list.keys.length} keys`}, {list.limit} at most
        </p>
        <p>A deleted key stops working within a second</p>
      </div>
    </section>
  );
}
