/** The form in which a key is shown: `lk_test_…9f2a`. */
export function maskKey(prefix: string, lastFour: string): string {
  return `${prefix}…${lastFour}`;
}
