import { fullAccess, isScope, type Scope, scopeEntries } from "./catalog";

export type PastedScopes = {
  readonly scopes: readonly Scope[];
  /** Pasted words that look like scopes and are none, as they were pasted. */
  readonly unknown: readonly string[];
  readonly mentionsFullAccess: boolean;
};

/** The most text worth reading: all 21 names, many times over. */
const maxPasteLength = 20_000;

/**
 * Reads a pasted list of scopes: one a line, with commas, as JSON or YAML, with or without `environment:`. Null when
 * the text is not a list, so that a single word stays a search.
 */
export function parsePastedScopes(text: string): PastedScopes | null {
  // Every scope has a colon; a word without one is prose, even when it is "deploy".
  const words = text
    .slice(0, maxPasteLength)
    .split(/[\s,;|"'`[\](){}]+/)
    .filter((word) => word.includes(":") && !word.endsWith(":"));
  if (words.length < 2) return null;
  const scopes = new Set<Scope>();
  const unknown = new Set<string>();
  let mentionsFullAccess = false;
  for (const word of words) {
    const name = word.startsWith("environment:") ? word : `environment:${word}`;
    if (name === fullAccess) mentionsFullAccess = true;
    else if (isScope(name)) scopes.add(name);
    else unknown.add(word.slice(0, 80));
  }
  return scopes.size === 0 && !mentionsFullAccess
    ? null
    : { scopes: [...scopes], unknown: [...unknown], mentionsFullAccess };
}

/** Is this scope one the words typed into "Find a scope" mean? All words must be met by name, group or description. */
export function matchesScopeQuery(scope: Scope, query: string): boolean {
  const entry = scopeEntries.find((candidate) => candidate.scope === scope);
  if (entry === undefined) return false;
  const text = `${entry.scope} ${entry.group} ${entry.description}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
