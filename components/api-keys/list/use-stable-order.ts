"use client";

import { type FocusEvent, useState } from "react";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { formatView, type ListView } from "./list-view";

type StableOrder = { readonly view: string; readonly ids: readonly number[] };

/**
 * Keeps the order of the rows while the pointer or the focus is in the list. Otherwise, in a list sorted by
 * Last used, a request could move another key under the pointer just before a click on Delete. Spread `hold`
 * on the rows' parent.
 */
export function useStableOrder(keys: readonly ApiKeySummary[], view: ListView) {
  const [held, setHeld] = useState<StableOrder | null>(null);
  const viewName = formatView(view);
  const ids = held?.view === viewName ? held.ids : [];
  const positionOf = (key: ApiKeySummary) => {
    const index = ids.indexOf(key.id);
    return index === -1 ? ids.length : index;
  };
  const freeze = () => {
    if (held?.view !== viewName) setHeld({ view: viewName, ids: keys.map(({ id }) => id) });
  };
  const release = () => setHeld(null);
  const releaseOnBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) release();
  };
  return {
    ordered: ids.length === 0 ? keys : keys.toSorted((a, b) => positionOf(a) - positionOf(b)),
    hold: { onPointerEnter: freeze, onPointerLeave: release, onFocus: freeze, onBlur: releaseOnBlur },
  };
}
