"use client";

import { useEffect, useState } from "react";

const shownMs = 2000;

/**
 * A flag that resets itself after two seconds, for texts such as "Copied". `show` sets it and restarts the
 * time.
 */
export function useTemporaryFlag(): readonly [isShown: boolean, show: () => void] {
  const [shownAt, setShownAt] = useState<number | null>(null);
  useEffect(() => {
    if (shownAt === null) return;
    const timer = setTimeout(() => setShownAt(null), shownMs);
    return () => clearTimeout(timer);
  }, [shownAt]);
  return [shownAt !== null, () => setShownAt(performance.now())];
}
