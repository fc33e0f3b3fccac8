"use client";

import { useEffect, useState } from "react";

/** Seconds left since it was first shown: "28 s". Not announced: it would drown everything else. */
export function Countdown({ seconds }: { readonly seconds: number }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = performance.now() + seconds * 1000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return <span className="tabular-nums">{left} s</span>;
}
