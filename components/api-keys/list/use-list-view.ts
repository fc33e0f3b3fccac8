"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { formatView, type ListView, parseView } from "./list-view";

/** Reads and sets the search, filter and order of the list. They are stored only in the URL. */
export function useListView(): readonly [ListView, (view: ListView) => void] {
  const pathname = usePathname();
  const view = parseView(useSearchParams());
  const setView = (next: ListView) => {
    const query = formatView(next);
    window.history.replaceState(null, "", query === "" ? pathname : `${pathname}?${query}`);
  };
  return [view, setView];
}
