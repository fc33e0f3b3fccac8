"use client";

import { useState } from "react";

/** Tints what it stands in for a moment whenever `at` moves, but not when the page is opened. */
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
