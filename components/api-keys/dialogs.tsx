"use client";

import dynamic from "next/dynamic";
import type { ApiKeySummary } from "@/lib/api-keys/model";

const loadCreate = () => import("./create-key-dialog").then((module) => module.CreateKeyDialog);
const loadEdit = () => import("./edit-key-dialog").then((module) => module.EditKeyDialog);
const loadDelete = () => import("./delete-key-dialog").then((module) => module.DeleteKeyDialog);

// The list needs none of them: they come when first asked for, or a moment before.
const CreateKeyDialog = dynamic(loadCreate, { ssr: false });
const EditKeyDialog = dynamic(loadEdit, { ssr: false });
const DeleteKeyDialog = dynamic(loadDelete, { ssr: false });

/** Fetches the dialogs' code while nothing else is going on, so that the first click does not wait for it. */
export function preloadDialogs(): void {
  void Promise.allSettled([loadCreate(), loadEdit(), loadDelete()]);
}

export type OpenDialog =
  | { readonly kind: "create" }
  | { readonly kind: "edit" | "delete"; readonly apiKey: ApiKeySummary };

type DialogsProps = {
  readonly environment: string;
  readonly open: OpenDialog;
  readonly keys: readonly ApiKeySummary[];
  readonly onClose: () => void;
};

export function Dialogs({ environment, open, keys, onClose }: DialogsProps) {
  if (open.kind === "create") return <CreateKeyDialog environment={environment} onClose={onClose} />;
  if (open.kind === "edit") {
    return <EditKeyDialog environment={environment} apiKey={open.apiKey} onClose={onClose} />;
  }
  // The list drops the key as soon as its deletion is asked for; the dialog stays until it is done.
  const apiKey = keys.find(({ id }) => id === open.apiKey.id) ?? open.apiKey;
  return <DeleteKeyDialog environment={environment} apiKey={apiKey} keys={keys} onClose={onClose} />;
}
