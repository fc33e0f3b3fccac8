import { providers } from "./catalogue";
import type { Provider } from "./model";

const longest = 100;
const characters = /^[A-Za-z0-9_ .^$|*+?-]*$/;
const repetition = /[*+?]/g;
const repetitionOfNothing = /(?:^|[|^$*+?])[*+?]/;

/**
 * Is this text a search that `searchProviders` takes? It is the part of regular expressions that a name search needs:
 * letters, digits, anchors, `|`, `.` and three repetitions at most. Without groups and with so few repetitions no
 * pattern can keep the process busy.
 */
export function isProviderSearch(text: string): boolean {
  return (
    text.length <= longest &&
    characters.test(text) &&
    !repetitionOfNothing.test(text) &&
    (text.match(repetition)?.length ?? 0) <= 3
  );
}

/** The providers whose name the pattern matches, in any letter case. The text must be a provider search. */
export function searchProviders(text: string): Provider[] {
  const pattern = new RegExp(text, "i");
  return providers.filter((provider) => pattern.test(provider.name));
}
