"use client";

import { CheckIcon, CopyIcon } from "lucide-react";
import { useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { writeClipboard } from "./clipboard";
import { useTemporaryFlag } from "./use-temporary-flag";

/** Monospace text with a copy button. Selects the text when the browser blocks copying. */
export function CopyText({ text, className }: { readonly text: string; readonly className?: string }) {
  const id = useId();
  const [wasCopied, confirmCopy] = useTemporaryFlag();
  const [isSelected, setIsSelected] = useState(false);

  async function copy() {
    const isCopied = await writeClipboard(text);
    setIsSelected(!isCopied);
    if (isCopied) return confirmCopy();
    const element = document.getElementById(id);
    if (element !== null) window.getSelection()?.selectAllChildren(element);
  }

  return (
    <span className={cn("inline-flex max-w-full items-center gap-1", className)}>
      <code id={id} className="break-all font-mono">
        {text}
      </code>
      <button
        type="button"
        aria-label={`Copy ${text}`}
        onClick={copy}
        className="grid size-7 shrink-0 place-items-center rounded-[6px] text-ink-3 hover:bg-raised hover:text-ink [&_svg]:size-3.5"
      >
        {wasCopied ? <CheckIcon aria-hidden className="text-live-ink" /> : <CopyIcon aria-hidden />}
      </button>
      <span role="status" className="text-ink-3 text-sm">
        {wasCopied && "Copied"}
        {!wasCopied && isSelected && "Selected: press Ctrl+C or ⌘C"}
      </span>
    </span>
  );
}
