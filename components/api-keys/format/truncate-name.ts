const maxCharacters = 40;

/** Shortens a key's name for a toast or a status line. Names may have 255 characters. */
export function truncateName(displayName: string): string {
  const characters = [...displayName];
  return characters.length <= maxCharacters
    ? displayName
    : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}
