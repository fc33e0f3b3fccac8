"use client";

import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { AccessChoice } from "@/components/scopes/access-choice";
import { ConnectionsListScopeWarning, GrantPreview } from "@/components/scopes/grant-preview";
import { ProfileButtons } from "@/components/scopes/profile-buttons";
import { ScopePicker } from "@/components/scopes/scope-picker";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import type { Grant } from "@/lib/access/scopes/catalog";
import { applyProfile, grantsFromSelection, type Selection } from "@/lib/access/scopes/selection";
import {
  firstErrorSelector,
  type KeyFormErrors,
  type KeyFormValues,
  type KeyNameAndGrants,
  parseKeyForm,
} from "./key-form-values";
import { NameField } from "./name-field";

type KeyFormProps = {
  readonly initial: KeyFormValues;
  readonly submitLabel: string;
  readonly busyLabel: string;
  /** Renders how the chosen grants differ from the saved ones, above the preview. */
  readonly renderChanges?: (grants: readonly Grant[]) => ReactNode;
  /** Resolves to the errors; null on success. */
  readonly onSubmit: (key: KeyNameAndGrants) => Promise<KeyFormErrors | null>;
  readonly onCancel: () => void;
};

/** Name and permissions of a new or an existing key. */
export function KeyForm({
  initial,
  submitLabel,
  busyLabel,
  renderChanges,
  onSubmit,
  onCancel,
}: KeyFormProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<KeyFormErrors>({});
  const [isBusy, setIsBusy] = useState(false);
  const { displayName, selection } = values;
  const grants = grantsFromSelection(selection);
  const isCustom = selection.access === "custom";

  const changeSelection = (change: (selection: Selection) => Selection) => {
    setErrors((old) => ({ ...old, grants: undefined }));
    setValues((old) => ({ ...old, selection: change(old.selection) }));
  };

  function showErrors(newErrors: KeyFormErrors) {
    setErrors(newErrors);
    const selector = firstErrorSelector(newErrors);
    // Moves the focus only after the error has rendered, so that screen readers read the error with the
    // field.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(selector)?.focus());
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    const parsed = parseKeyForm(values);
    if (!parsed.ok) return showErrors(parsed.error);
    setIsBusy(true);
    const newErrors = await onSubmit(parsed.value);
    setIsBusy(false);
    if (newErrors !== null) showErrors(newErrors);
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogBody className="grid gap-4 pt-4">
        <NameField
          id={`${id}-name`}
          value={displayName}
          error={errors.displayName}
          onChange={(name) => {
            setErrors((old) => ({ ...old, displayName: undefined }));
            setValues((old) => ({ ...old, displayName: name }));
          }}
        />
        <AccessChoice
          id={`${id}-access`}
          access={selection.access}
          onChoose={(access) => changeSelection((old) => ({ ...old, access }))}
        />
        <ProfileButtons
          selection={selection}
          onApply={(profile) => changeSelection((old) => applyProfile(old, profile))}
        />
        {isCustom && (
          <ScopePicker
            id={`${id}-scopes`}
            selection={selection}
            onChangeSelection={changeSelection}
            error={errors.grants}
          />
        )}
        {isCustom && <ConnectionsListScopeWarning grants={grants} />}
        <div className="grid gap-2 bg-panel sm:sticky sm:-bottom-2 sm:py-2">
          {renderChanges?.(grants)}
          <GrantPreview grants={grants} />
        </div>
        {errors.form !== undefined && (
          <Notice tone="danger" role="alert" tabIndex={-1}>
            {errors.form}
          </Notice>
        )}
      </DialogBody>
      <DialogFooter className="mt-0">
        <Button variant="ghost" onClick={onCancel} disabled={isBusy}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="primary"
          aria-disabled={isBusy || grants.length === 0 || undefined}
          aria-busy={isBusy || undefined}
          className="aria-disabled:opacity-55"
        >
          {isBusy ? busyLabel : submitLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
