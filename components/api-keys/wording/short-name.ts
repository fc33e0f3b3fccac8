const longest = 40;

/** A key's name for a sentence that passes by. Names may have 255 characters. */
export function shortName(displayName: string): string {
  const characters = [...displayName];
  return characters.length <= longest ? displayName : `${characters.slice(0, longest - 1).join("")}…`;
}
