import { fullAccess, isScope, type Scope, scopeEntries } from "./catalog";

export type PastedScopes = {
  readonly scopes: readonly Scope[];
  /** Pasted words that contain a colon but are not in the catalog, at most 80 characters of each. */
  readonly unknown: readonly string[];
  readonly mentionsFullAccess: boolean;
};

/** Maximum number of characters that are parsed. All 21 scopes take about 600. */
const maxPasteLength = 20_000;

/**
 * Parses a pasted list of scopes: separated by spaces, line breaks or commas, as JSON or as YAML, with or
 * without `environment:`. Null when the text is not such a list: then it is a search.
 */
export function parsePastedScopes(text: string): PastedScopes | null {
  // Every scope has a colon inside. Other words are ordinary text, even "deploy" and "note:".
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

/**
 * True if every word of the query occurs in the scope's name, group or description. Letter case is ignored.
 */
export function matchesScopeQuery(scope: Scope, query: string): boolean {
  const entry = scopeEntries.find((candidate) => candidate.scope === scope);
  if (entry === undefined) return false;
  const text = `${entry.scope} ${entry.group} ${entry.description}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
