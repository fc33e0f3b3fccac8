"use client";

import { CheckIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { promisedMilliseconds } from "@/lib/infrastructure/signals/lease";

type SpreadingProps = { readonly during: string; readonly done: string };

/** Says that a change is on its way, then that it is everywhere. Only the second is read aloud. */
export function Spreading({ during, done }: SpreadingProps) {
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDone(true), promisedMilliseconds);
    return () => clearTimeout(timer);
  }, []);
  if (!isDone) return <span aria-hidden>{during}</span>;
  return (
    <span className="inline-flex items-center gap-1 text-live-ink">
      <CheckIcon aria-hidden className="size-3.5" />
      {done}
    </span>
  );
}
