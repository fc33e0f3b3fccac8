"use client";

import { CheckIcon, CopyIcon } from "lucide-react";
import { useId, useRef, useState } from "react";
import { writeClipboard } from "@/components/copy/clipboard";
import { useTemporaryFlag } from "@/components/copy/use-temporary-flag";
import { Button } from "@/components/ui/button";
import type { SecretField } from "@/lib/upstream/providers/secret-fields";

/** Revealed values, each with a copy button. */
export function SecretFields({ fields }: { readonly fields: readonly SecretField[] }) {
  if (fields.length === 0) return <p className="text-ink-2">No credentials: none are needed.</p>;
  return (
    <ul className="grid gap-3">
      {fields.map((field) => (
        <SecretFieldRow key={field.name} {...field} />
      ))}
    </ul>
  );
}

/** One value. Its attributes keep browsers and password managers from storing it. */
function SecretFieldRow({ name, value }: SecretField) {
  const id = useId();
  const text = useRef<HTMLTextAreaElement>(null);
  const [wasCopied, confirmCopy] = useTemporaryFlag();
  const [isCopyBlocked, setIsCopyBlocked] = useState(false);

  async function copy() {
    const isCopied = await writeClipboard(value);
    setIsCopyBlocked(!isCopied);
    if (isCopied) return confirmCopy();
    // The focus also selects the value, so that the member can copy it with the keyboard.
    text.current?.focus();
  }

  return (
    <li className="grid min-w-0 gap-1">
      <div className="flex items-center justify-between gap-2">
        <label htmlFor={id} className="min-w-0 break-all font-mono text-ink-2 text-sm">
          {name}
        </label>
        <Button size="small" variant="ghost" className="gap-1" aria-label={`Copy ${name}`} onClick={copy}>
          {wasCopied ? <CheckIcon aria-hidden className="text-live-ink" /> : <CopyIcon aria-hidden />}
          <span role="status">{wasCopied ? "Copied" : ""}</span>
          {!wasCopied && <span aria-hidden>Copy</span>}
        </Button>
      </div>
      <textarea
        ref={text}
        id={id}
        readOnly
        rows={rowsFor(value)}
        value={value}
        autoComplete="off"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        data-bwignore
        data-form-type="other"
        onFocus={(event) => event.currentTarget.select()}
        className="w-full min-w-0 resize-y break-all rounded-control border bg-raised px-2.5 py-1.5 font-mono text-ink text-sm"
      />
      {isCopyBlocked && (
        <p role="alert" className="text-sm text-warn-ink">
          Your browser blocked copying. The value is selected: press Ctrl+C, or ⌘C on a Mac.
        </p>
      )}
    </li>
  );
}

/** Returns the number of rows: one per line or per 60 characters, at most eight. */
function rowsFor(value: string): number {
  return Math.min(8, Math.max(value.split("\n").length, Math.ceil(value.length / 60)));
}
