"use client";

import { CheckIcon, CopyIcon } from "lucide-react";
import { useId, useState } from "react";
import { writeClipboard } from "@/components/copy/clipboard";
import { useTemporaryFlag } from "@/components/copy/use-temporary-flag";

type SnippetBlockProps = {
  readonly name: string;
  /** The text on the page. The key in it is masked while it is hidden. */
  readonly displayText: string;
  /** The text to copy, with the key. */
  readonly copyText: string;
  readonly onCopied: () => void;
};

export function SnippetBlock({ name, displayText, copyText, onCopied }: SnippetBlockProps) {
  const id = useId();
  const [wasCopied, confirmCopy] = useTemporaryFlag();
  const [isCopyBlocked, setIsCopyBlocked] = useState(false);

  async function copy() {
    const isCopied = await writeClipboard(copyText);
    setIsCopyBlocked(!isCopied);
    if (isCopied) {
      confirmCopy();
      onCopied();
    }
  }

  return (
    <section aria-labelledby={id} className="grid gap-1">
      <div className="flex items-center justify-between">
        <h3 id={id} className="font-medium text-ink-2 text-sm">
          {name}
        </h3>
        <button
          type="button"
          onClick={copy}
          aria-label={`Copy ${name}`}
          className="inline-flex h-7 items-center gap-1.5 rounded-[6px] px-2 text-ink-2 text-sm hover:bg-raised hover:text-ink"
        >
          {wasCopied ? (
            <CheckIcon aria-hidden className="size-3.5 text-live-ink" />
          ) : (
            <CopyIcon aria-hidden className="size-3.5" />
          )}
          <span role="status">{wasCopied ? "Copied" : ""}</span>
          {!wasCopied && <span aria-hidden>Copy</span>}
        </button>
      </div>
      <pre className="wrap-anywhere whitespace-pre-wrap rounded-control bg-raised px-3 py-2 text-sm">
        <code className="font-mono">{displayText}</code>
      </pre>
      {isCopyBlocked && (
        <p role="alert" className="text-sm text-warn-ink">
          Your browser blocked copying. Show the key above and copy it there.
        </p>
      )}
    </section>
  );
}
