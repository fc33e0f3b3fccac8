"use client";

import { CopyIcon } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A one-time link with a copy button. Selects the link when the browser blocks copying. */
export function SetupLinkField({ link }: { readonly link: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState("");
  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setOutcome("Copied");
    } catch {
      input.current?.select();
      setOutcome("Selected: press Ctrl+C or ⌘C");
    }
  }
  return (
    <div className="grid gap-1.5">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field id="setup-link" label="One-time link">
            {(field) => (
              <Input
                {...field}
                ref={input}
                readOnly
                value={link}
                onFocus={(event) => event.currentTarget.select()}
                className="font-mono text-sm"
                autoComplete="off"
              />
            )}
          </Field>
        </div>
        <Button onClick={copy}>
          <CopyIcon aria-hidden />
          Copy link
        </Button>
      </div>
      <p role="status" className="min-h-5 text-live-ink text-sm">
        {outcome}
      </p>
    </div>
  );
}
