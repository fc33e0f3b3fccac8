/** A LIKE pattern for "contains this text", its wildcards escaped (PostgreSQL manual, 9.7.1). */
export function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
