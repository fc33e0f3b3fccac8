"use client";

import { useState } from "react";

/** Tints its row for four seconds when `at`, the time of the last use, changes. Not on the first render. */
export function RecentUseHighlight({ at }: { readonly at: string | null }) {
  const [first] = useState(at);
  if (at === null || at === first) return null;
  return (
    <span
      key={at}
      aria-hidden
      data-just-used
      className="fade-out-0 pointer-events-none absolute inset-0 -z-10 animate-out bg-live-soft fill-mode-forwards duration-[4000ms] ease-in"
    />
  );
}
