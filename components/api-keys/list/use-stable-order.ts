"use client";

import { type FocusEvent, useState } from "react";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { formatView, type ListView } from "./list-view";

type StableOrder = { readonly view: string; readonly ids: readonly number[] };

/**
 * Keeps rows where they are while the pointer or the focus is among them: in a list sorted by Last used a call would
 * else move another key under a finger about to press Delete. Spread `hold` on what holds the rows.
 */
export function useStableOrder(keys: readonly ApiKeySummary[], view: ListView) {
  const [held, setHeld] = useState<StableOrder | null>(null);
  const viewName = formatView(view);
  const ids = held?.view === viewName ? held.ids : [];
  const place = (key: ApiKeySummary) => {
    const at = ids.indexOf(key.id);
    return at === -1 ? ids.length : at;
  };
  const take = () => {
    if (held?.view !== viewName) setHeld({ view: viewName, ids: keys.map(({ id }) => id) });
  };
  const release = () => setHeld(null);
  const releaseWhenLeft = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) release();
  };
  return {
    ordered: ids.length === 0 ? keys : keys.toSorted((a, b) => place(a) - place(b)),
    hold: { onPointerEnter: take, onPointerLeave: release, onFocus: take, onBlur: releaseWhenLeft },
  };
}
