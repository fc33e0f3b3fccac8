"use client";

import { ArrowDownIcon, ArrowUpIcon } from "lucide-react";
import type { OpenKeyDialog } from "@/components/api-keys/dialogs/dialogs";
import { cn } from "@/components/ui/cn";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { columnNames, headRowClass } from "./key-columns";
import { KeyRow } from "./key-row";
import { type ListView, type SortColumn, sortColumns, toggleSort } from "./list-view";
import { useStableOrder } from "./use-stable-order";

type KeyTableProps = {
  readonly environment: string;
  readonly keys: readonly ApiKeySummary[];
  readonly view: ListView;
  readonly onViewChange: (view: ListView) => void;
  readonly canManage: boolean;
  readonly onOpenDialog: OpenKeyDialog;
};

export function KeyTable({ environment, keys, view, onViewChange, canManage, onOpenDialog }: KeyTableProps) {
  const { orderedKeys, orderHandlers } = useStableOrder(keys, view);
  return (
    <table className="block w-full rounded-card border bg-panel text-left shadow-soft">
      <caption className="sr-only">API keys of {environment}</caption>
      <thead className="block border-b">
        <tr className={headRowClass}>
          {sortColumns.map((column) => (
            <SortHeader key={column} column={column} view={view} onViewChange={onViewChange} />
          ))}
          {canManage && (
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className="block" {...orderHandlers}>
        {orderedKeys.map((key) => (
          <KeyRow
            key={key.id}
            environment={environment}
            apiKey={key}
            canManage={canManage}
            onOpenDialog={onOpenDialog}
          />
        ))}
      </tbody>
    </table>
  );
}

type SortHeaderProps = {
  readonly column: SortColumn;
  readonly view: ListView;
  readonly onViewChange: (view: ListView) => void;
};

function SortHeader({ column, view, onViewChange }: SortHeaderProps) {
  const isSorted = view.sort === column;
  const direction = view.descending ? "descending" : "ascending";
  const Arrow = view.descending ? ArrowDownIcon : ArrowUpIcon;
  return (
    <th scope="col" aria-sort={isSorted ? direction : "none"} className="font-medium text-ink-3 text-sm">
      <button
        type="button"
        onClick={() => onViewChange(toggleSort(view, column))}
        className={cn(
          "-mx-1 inline-flex h-7 items-center gap-1 rounded-sm px-1 hover:text-ink",
          isSorted && "text-ink",
        )}
      >
        {columnNames[column]}
        <Arrow aria-hidden className={cn("size-3.5", !isSorted && "hidden @4xl:invisible @4xl:block")} />
      </button>
    </th>
  );
}
