import { providers } from "./catalog";
import type { Provider } from "./model";

const maxPatternLength = 100;
const allowedCharacters = /^[A-Za-z0-9_ .^$|*+?-]*$/;
const maxQuantifiers = 3;
const quantifier = /[*+?]/g;
const danglingQuantifier = /(?:^|[|^$*+?])[*+?]/;

/**
 * True when `searchProviders` accepts the text. It accepts the subset of regular expressions that a name
 * search needs: letters, digits, anchors, `|`, `.` and at most three quantifiers. Without groups and with so
 * few quantifiers, a pattern cannot backtrack for long.
 */
export function isProviderSearchPattern(text: string): boolean {
  return (
    text.length <= maxPatternLength &&
    allowedCharacters.test(text) &&
    !danglingQuantifier.test(text) &&
    (text.match(quantifier)?.length ?? 0) <= maxQuantifiers
  );
}

/**
 * Finds the providers whose name matches the pattern, ignoring case. `isProviderSearchPattern` must accept
 * `text`.
 */
export function searchProviders(text: string): Provider[] {
  const pattern = new RegExp(text, "i");
  return providers.filter((provider) => pattern.test(provider.name));
}
