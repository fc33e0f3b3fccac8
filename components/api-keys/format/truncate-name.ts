const maxCharacters = 40;

/** A key's name for a sentence that passes by. Names may have 255 characters. */
export function truncateName(displayName: string): string {
  const characters = [...displayName];
  return characters.length <= maxCharacters
    ? displayName
    : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}
