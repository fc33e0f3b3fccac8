"use client";

import dynamic from "next/dynamic";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";

const loadCreate = () => import("./create-key-dialog").then((module) => module.CreateKeyDialog);
const loadEdit = () => import("./edit-key-dialog").then((module) => module.EditKeyDialog);
const loadDelete = () => import("./delete-key-dialog").then((module) => module.DeleteKeyDialog);

// The list does not need the code of the dialogs: it is loaded when one is first opened, or by
// `preloadDialogs`.
const CreateKeyDialog = dynamic(loadCreate, { ssr: false });
const EditKeyDialog = dynamic(loadEdit, { ssr: false });
const DeleteKeyDialog = dynamic(loadDelete, { ssr: false });

/** Loads the code of the dialogs before the first one is opened. */
export function preloadDialogs(): void {
  void Promise.allSettled([loadCreate(), loadEdit(), loadDelete()]);
}

export type ActiveDialog =
  | { readonly kind: "create" }
  | { readonly kind: "edit" | "delete"; readonly apiKey: ApiKeySummary };

/** Opens a dialog with the current state of the key. */
export type OpenKeyDialog = (kind: "edit" | "delete", id: number) => void;

type DialogsProps = {
  readonly environment: string;
  readonly active: ActiveDialog;
  readonly keys: readonly ApiKeySummary[];
  readonly onClose: () => void;
};

export function Dialogs({ environment, active, keys, onClose }: DialogsProps) {
  if (active.kind === "create") return <CreateKeyDialog environment={environment} onClose={onClose} />;
  const listed = keys.find(({ id }) => id === active.apiKey.id);
  const apiKey = listed ?? active.apiKey;
  const isListed = listed !== undefined;
  const props = { environment, apiKey, isListed, onClose };
  return active.kind === "edit" ? <EditKeyDialog {...props} /> : <DeleteKeyDialog {...props} keys={keys} />;
}
