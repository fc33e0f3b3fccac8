"use client";

import { type FocusEvent, useState } from "react";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { formatView, type ListView } from "./list-view";

/** The order of the rows at one time. `viewQuery` is the view in which they had this order. */
type RowOrder = { readonly viewQuery: string; readonly ids: readonly number[] };

/**
 * Keeps the order of the rows while the pointer or the focus is in the list. In a list sorted by Last used, a
 * request could otherwise move another key under the pointer just before a click on Delete. Spread
 * `orderHandlers` on the parent of the rows.
 */
export function useStableOrder(keys: readonly ApiKeySummary[], view: ListView) {
  const [keptOrder, setKeptOrder] = useState<RowOrder | null>(null);
  const viewQuery = formatView(view);
  const ids = keptOrder?.viewQuery === viewQuery ? keptOrder.ids : [];
  // New keys come last.
  const positionOf = (key: ApiKeySummary) => {
    const index = ids.indexOf(key.id);
    return index === -1 ? ids.length : index;
  };
  const keep = () => {
    if (keptOrder?.viewQuery !== viewQuery) setKeptOrder({ viewQuery, ids: keys.map(({ id }) => id) });
  };
  const release = () => setKeptOrder(null);
  const releaseOnBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) release();
  };
  return {
    orderedKeys: ids.length === 0 ? keys : keys.toSorted((a, b) => positionOf(a) - positionOf(b)),
    orderHandlers: { onPointerEnter: keep, onPointerLeave: release, onFocus: keep, onBlur: releaseOnBlur },
  };
}
