"use client";

import { CheckIcon, CopyIcon, EyeIcon, EyeOffIcon } from "lucide-react";
import type { SecretControls } from "@/components/secret/use-secret";
import { cn } from "@/components/ui/cn";
import { IconButton } from "./icon-button";

type SecretButtonsProps = {
  readonly secret: SecretControls;
  /** The id of the element that names the key, for screen readers. */
  readonly describedBy: string;
};

export function SecretButtons({ secret, describedBy }: SecretButtonsProps) {
  const { state, wasCopied, toggle, copy } = secret;
  const isShown = state.kind === "shown";
  const isWaiting = state.kind === "waiting";
  return (
    <span className="relative inline-flex items-center">
      <IconButton
        label={isShown ? "Hide key" : "Show key"}
        aria-pressed={isShown}
        aria-describedby={describedBy}
        isBusy={isWaiting}
        onClick={toggle}
      >
        {isShown ? <EyeOffIcon aria-hidden /> : <EyeIcon aria-hidden />}
      </IconButton>
      <IconButton label="Copy key" aria-describedby={describedBy} isBusy={isWaiting} onClick={copy}>
        {wasCopied ? <CheckIcon aria-hidden className="text-live-ink" /> : <CopyIcon aria-hidden />}
      </IconButton>
      <span
        role="status"
        className={cn(
          "pointer-events-none absolute bottom-full left-full z-10 -translate-x-1/2 rounded-[6px] text-sm",
          wasCopied && "border bg-panel px-2 py-0.5 text-ink shadow-float",
        )}
      >
        {wasCopied ? "Copied" : ""}
      </span>
    </span>
  );
}
