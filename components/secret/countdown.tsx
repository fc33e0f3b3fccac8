"use client";

import { useEffect, useState } from "react";

/** Counts down from its first render: "28 s". Screen readers are not interrupted by it. */
export function Countdown({ seconds }: { readonly seconds: number }) {
  const [secondsLeft, setSecondsLeft] = useState(seconds);
  useEffect(() => {
    const end = performance.now() + seconds * 1000;
    const timer = setInterval(
      () => setSecondsLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000))),
      1000,
    );
    return () => clearInterval(timer);
  }, [seconds]);
  return <span className="tabular-nums">{secondsLeft} s</span>;
}
