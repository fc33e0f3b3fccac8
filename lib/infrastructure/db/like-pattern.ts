/**
 * Returns a LIKE pattern that matches values containing `text`. Wildcards in `text` are escaped (PostgreSQL
 * manual, 9.7.1).
 */
export function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
