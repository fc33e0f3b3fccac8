"use client";

import { CheckIcon, CopyIcon, EyeIcon, EyeOffIcon, PencilIcon, Trash2Icon } from "lucide-react";
import { IconButton } from "@/components/api-keys/secret/icon-button";
import type { SecretControls } from "@/components/secret/use-secret";

type Props = {
  readonly secret: SecretControls;
  /** The id of the element that names the variable. */
  readonly describedBy: string;
  readonly onChange: () => void;
  readonly onDelete: () => void;
};

export function VariableButtons({ secret, describedBy, onChange, onDelete }: Props) {
  const { state, wasCopied, toggle, copy } = secret;
  const isShown = state.kind === "shown";
  const isBusy = state.kind === "waiting";
  const described = { "aria-describedby": describedBy };
  return (
    <span className="inline-flex items-center">
      <IconButton
        label={isShown ? "Hide value" : "Show value"}
        aria-pressed={isShown}
        isBusy={isBusy}
        onClick={toggle}
        {...described}
      >
        {isShown ? <EyeOffIcon aria-hidden /> : <EyeIcon aria-hidden />}
      </IconButton>
      <IconButton label="Copy value" isBusy={isBusy} onClick={copy} {...described}>
        {wasCopied ? <CheckIcon aria-hidden className="text-live-ink" /> : <CopyIcon aria-hidden />}
      </IconButton>
      <IconButton label="Change" onClick={onChange} {...described}>
        <PencilIcon aria-hidden />
      </IconButton>
      <IconButton label="Delete" onClick={onDelete} {...described}>
        <Trash2Icon aria-hidden />
      </IconButton>
      <span role="status" className="sr-only">
        {wasCopied ? "Copied" : ""}
      </span>
    </span>
  );
}
