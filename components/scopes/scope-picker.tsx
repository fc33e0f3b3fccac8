"use client";

import { SearchIcon } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import { moveFocus } from "@/components/ui/move-focus";
import { allScopes, type ScopeGroup as Group, type Scope, scopeGroups } from "@/lib/access/scopes/catalog";
import { matchesScopeQuery, parsePastedScopes } from "@/lib/access/scopes/parse-pasted-scopes";
import { formatProfileLabel } from "@/lib/access/scopes/profiles";
import {
  addScopes,
  effectiveScopes,
  type Selection,
  toggleGroup,
  toggleScope,
} from "@/lib/access/scopes/selection";
import { formatPastedScopes } from "./format-pasted-scopes";
import { ScopeGroup } from "./scope-group";

type ScopePickerProps = {
  readonly id: string;
  readonly selection: Selection;
  /** Called with a function from the old selection to the new one. */
  readonly onChangeSelection: (change: (selection: Selection) => Selection) => void;
  readonly error: string | undefined;
};

/**
 * All scopes in groups, with a search. `onChangeSelection` gets a function, so that the callbacks of the
 * checkboxes do not depend on the selection.
 */
export function ScopePicker({ id, selection, onChangeSelection, error }: ScopePickerProps) {
  const [query, setQuery] = useState("");
  const [pasteMessage, setPasteMessage] = useState("");
  // Created once, so that the memoized checkboxes do not render again. The first `onChangeSelection` stays
  // valid, because it only calls state setters.
  const [handleToggleScope] = useState(
    () => (scope: Scope) => onChangeSelection((old) => toggleScope(old, scope)),
  );
  const [handleToggleGroup] = useState(
    () => (group: Group) => onChangeSelection((old) => toggleGroup(old, group)),
  );
  const matchingScopes = allScopes.filter((scope) => matchesScopeQuery(scope, query));
  const selectedCount = effectiveScopes(selection.selectedScopes).length;
  const profileLabel = formatProfileLabel(selection.selectedScopes);

  /** Selects the scopes of a pasted list. Text that is no list is pasted into the search. */
  function handlePaste(event: ClipboardEvent) {
    const pastedScopes = parsePastedScopes(event.clipboardData.getData("text/plain"));
    if (pastedScopes === null) return;
    event.preventDefault();
    setPasteMessage(formatPastedScopes(pastedScopes));
    onChangeSelection((old) => addScopes(old, pastedScopes.scopes));
  }

  /** Escape clears the search. The down arrow moves the focus to the first checkbox. */
  function handleSearchKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Escape") setQuery("");
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    // Otherwise the fieldset would handle the same key and move the focus on to the second checkbox.
    event.stopPropagation();
    event.currentTarget.closest("fieldset")?.querySelector<HTMLElement>("[role=checkbox]")?.focus();
  }

  return (
    <fieldset
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      onKeyDown={(event) => moveFocus(event, "[role=checkbox]")}
      className="min-w-0 rounded-[10px] border"
    >
      <legend className="sr-only">Scopes</legend>
      <div className="flex items-center gap-2 border-b px-3">
        <SearchIcon aria-hidden className="size-4 shrink-0 text-ink-3" />
        <input
          type="search"
          aria-label="Find a scope"
          placeholder="Find a scope, or paste a list"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onPaste={handlePaste}
          onKeyDown={handleSearchKey}
          className="h-10 min-w-0 flex-1 rounded-sm bg-transparent placeholder:text-ink-3"
        />
        <p aria-live="polite" className="shrink-0 text-ink-3 text-sm tabular-nums">
          {profileLabel !== null && <span className="text-ink">{profileLabel} · </span>}
          {selectedCount} of {allScopes.length}
        </p>
      </div>
      <p
        role="status"
        className={pasteMessage === "" ? "sr-only" : "border-b bg-raised px-3 py-2 text-ink-2 text-sm"}
      >
        {pasteMessage}
      </p>
      {scopeGroups.map((group) => (
        <ScopeGroup
          key={group.name}
          id={`${id}-${group.name.replaceAll(" ", "-").toLowerCase()}`}
          group={group}
          matchingScopes={matchingScopes}
          selectedScopes={selection.selectedScopes}
          onToggle={handleToggleScope}
          onToggleGroup={handleToggleGroup}
        />
      ))}
      {matchingScopes.length === 0 && <p className="px-3 py-4 text-ink-2">No scope matches “{query}”.</p>}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="border-t px-3 py-2 text-danger-ink text-sm">
          {error}
        </p>
      )}
    </fieldset>
  );
}
