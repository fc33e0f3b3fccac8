"use client";

import type { OpenDialogFor } from "@/components/api-keys/dialogs/dialogs";
import type { LiveState } from "@/components/api-keys/live/live-stream";
import { UpdatesMark } from "@/components/api-keys/live/updates-mark";
import type { useKeyList } from "@/components/api-keys/live/use-key-list";
import { ListRefused } from "@/components/api-keys/queries/keys-query";
import { useTicking } from "@/components/time/clock";
import type { ApiKeyList } from "@/lib/access/api-keys/list";
import { KeyTableSkeleton } from "./api-keys-skeleton";
import { FilterChips } from "./filter-chips";
import { KeyTable } from "./key-table";
import { ListError } from "./list-error";
import { NoKeys, NoMatch } from "./list-states";
import { countActivities, defaultView, viewKeys } from "./list-view";
import { SearchBox } from "./search-box";
import { useListView } from "./use-list-view";

type KeyListProps = {
  readonly environment: string;
  readonly list: ReturnType<typeof useKeyList>;
  readonly canManage: boolean;
  readonly onOpen: OpenDialogFor;
};

/** The list in whichever of its states: loading, failed, refused, empty, or shown, then perhaps with updates paused. */
export function KeyList({ environment, list, canManage, onOpen }: KeyListProps) {
  const { data, error, isFetching, refetch } = list;
  if (error !== null && (data === undefined || error instanceof ListRefused)) {
    return <ListError error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <KeyTableSkeleton />;
  if (data.keys.length === 0) return <NoKeys environment={environment} canManage={canManage} />;
  return (
    <Keys
      environment={environment}
      list={data}
      liveState={list.liveState}
      news={list.news}
      canManage={canManage}
      onOpen={onOpen}
    />
  );
}

type KeysProps = {
  readonly environment: string;
  readonly list: ApiKeyList;
  readonly liveState: LiveState;
  readonly news: string;
  readonly canManage: boolean;
  readonly onOpen: OpenDialogFor;
};

const minute = 60_000;

function Keys({ environment, list, liveState, news, canManage, onOpen }: KeysProps) {
  const [view, setView] = useListView();
  const now = useTicking((time) => Math.floor(time / minute) * minute);
  const shown = viewKeys(list.keys, view, now);
  return (
    <section aria-label="API keys" className="grid min-w-0 grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
        <SearchBox query={view.query} onSearch={(query) => setView({ ...view, query })} />
        <FilterChips
          counts={countActivities(list.keys, now)}
          chosen={view.filter}
          onChoose={(filter) => setView({ ...view, filter })}
        />
        <div className="min-w-52 flex-1">
          <UpdatesMark state={liveState} news={news} />
        </div>
      </div>
      {shown.length === 0 ? (
        <NoMatch onClear={() => setView({ ...defaultView, sort: view.sort, descending: view.descending })} />
      ) : (
        <div className="@container min-w-0">
          <KeyTable
            environment={environment}
            keys={shown}
            view={view}
            onView={setView}
            canManage={canManage}
            onOpen={onOpen}
          />
        </div>
      )}
      <div className="flex flex-wrap justify-between gap-x-4 px-0.5 text-ink-3 text-sm">
        <p role="status" className="tabular-nums">
          {shown.length < list.keys.length && `${shown.length} shown · `}
          {list.keys.length} of {list.limit} keys
        </p>
        <p>A deleted key is refused everywhere within a second</p>
      </div>
    </section>
  );
}
