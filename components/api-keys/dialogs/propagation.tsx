"use client";

import { CheckIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { maxStalenessMs } from "@/lib/infrastructure/notifications/lease";

type PropagationProps = { readonly pendingText: string; readonly doneText: string };

/**
 * Shows `pendingText` until the revocation bound has passed: every process then uses the change. After that
 * shows `doneText`, which screen readers read too.
 */
export function Propagation({ pendingText, doneText }: PropagationProps) {
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDone(true), maxStalenessMs);
    return () => clearTimeout(timer);
  }, []);
  if (!isDone) return <span aria-hidden>{pendingText}</span>;
  return (
    <span className="inline-flex items-center gap-1 text-live-ink">
      <CheckIcon aria-hidden className="size-3.5" />
      {doneText}
    </span>
  );
}
