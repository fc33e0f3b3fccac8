"use client";

import { SearchIcon } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import { moveFocus } from "@/components/ui/move-focus";
import { allScopes, type ScopeGroup as Group, type Scope, scopeGroups } from "@/lib/access/scopes/catalog";
import { matchesScopeQuery, parsePastedScopes } from "@/lib/access/scopes/parse-pasted-scopes";
import { formatGrantsLabel } from "@/lib/access/scopes/profiles";
import {
  effectiveScopes,
  type Selection,
  selectScopes,
  toggleGroup,
  toggleScope,
} from "@/lib/access/scopes/selection";
import { formatPastedScopes } from "./format-pasted-scopes";
import { ScopeGroup } from "./scope-group";

type ScopePickerProps = {
  readonly id: string;
  readonly selection: Selection;
  readonly onSelect: (change: (selection: Selection) => Selection) => void;
  readonly error: string | undefined;
};

/**
 * The 21 scopes in ten groups. `onSelect` takes a function, so that the callbacks stay stable across renders.
 */
export function ScopePicker({ id, selection, onSelect, error }: ScopePickerProps) {
  const [query, setQuery] = useState("");
  const [pasted, setPasted] = useState("");
  const [toggle] = useState(() => (scope: Scope) => onSelect((old) => toggleScope(old, scope)));
  const [toggleAll] = useState(() => (group: Group) => onSelect((old) => toggleGroup(old, group)));
  const shown = allScopes.filter((scope) => matchesScopeQuery(scope, query));
  const selectedCount = effectiveScopes(selection.selectedScopes).length;
  const name = formatGrantsLabel(selection.selectedScopes);

  function paste(event: ClipboardEvent) {
    const list = parsePastedScopes(event.clipboardData.getData("text/plain"));
    if (list === null) return;
    event.preventDefault();
    setPasted(formatPastedScopes(list));
    onSelect((old) => selectScopes(old, list.scopes));
  }

  function leaveSearch(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Escape") setQuery("");
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    // Otherwise the fieldset's handler would handle the same key and move on from the newly focused checkbox.
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
          onPaste={paste}
          onKeyDown={leaveSearch}
          className="h-10 min-w-0 flex-1 rounded-sm bg-transparent placeholder:text-ink-3"
        />
        <p aria-live="polite" className="shrink-0 text-ink-3 text-sm tabular-nums">
          {/^\d/.test(name) ? "" : <span className="text-ink">{name} · </span>}
          {selectedCount} of {allScopes.length}
        </p>
      </div>
      <p
        role="status"
        className={pasted === "" ? "sr-only" : "border-b bg-raised px-3 py-2 text-ink-2 text-sm"}
      >
        {pasted}
      </p>
      {scopeGroups.map((group) => (
        <ScopeGroup
          key={group.name}
          id={`${id}-${group.name.replaceAll(" ", "-").toLowerCase()}`}
          group={group}
          visible={shown}
          selected={selection.selectedScopes}
          onToggle={toggle}
          onToggleGroup={toggleAll}
        />
      ))}
      {shown.length === 0 && <p className="px-3 py-4 text-ink-2">No scope matches “{query}”.</p>}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="border-t px-3 py-2 text-danger-ink text-sm">
          {error}
        </p>
      )}
    </fieldset>
  );
}
