"use client";

import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
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
  const mustFocusError = useRef(false);
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

  // Moves the focus only after the errors have rendered: the error of the whole form is an element of its own,
  // and screen readers read an error together with its field.
  useEffect(() => {
    if (!mustFocusError.current) return;
    mustFocusError.current = false;
    form.current?.querySelector<HTMLElement>(firstErrorSelector(errors))?.focus();
  }, [errors]);

  function showErrors(newErrors: KeyFormErrors) {
    mustFocusError.current = true;
    setErrors(newErrors);
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
