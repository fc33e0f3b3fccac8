import { providers } from "./catalog";
import type { Provider } from "./model";

const maxPatternLength = 100;
const allowedCharacters = /^[A-Za-z0-9_ .^$|*+?-]*$/;
const quantifier = /[*+?]/g;
const danglingQuantifier = /(?:^|[|^$*+?])[*+?]/;

/**
 * Is this text a search that `searchProviders` takes? It is the part of regular expressions that a name search needs:
 * letters, digits, anchors, `|`, `.` and three repetitions at most. Without groups and with so few repetitions no
 * pattern can keep the process busy.
 */
export function isProviderSearchPattern(text: string): boolean {
  return (
    text.length <= maxPatternLength &&
    allowedCharacters.test(text) &&
    !danglingQuantifier.test(text) &&
    (text.match(quantifier)?.length ?? 0) <= 3
  );
}

/** The providers whose name the pattern matches, in any letter case. The text must be a provider search. */
export function searchProviders(text: string): Provider[] {
  const pattern = new RegExp(text, "i");
  return providers.filter((provider) => pattern.test(provider.name));
}
