/** Formats a key for display without its secret part: `lk_test_…9f2a`. */
export function maskKey(prefix: string, lastFour: string): string {
  return `${prefix}…${lastFour}`;
}
