import type { KeyAccess } from "@/lib/access/api-keys/key-access";

/** "3 keys can read this, 1 with credentials". `what` is "this" or "these". */
export function formatKeyAccess(keys: readonly Pick<KeyAccess, "withCredentials">[], what: string): string {
  if (keys.length === 0) return `No key can read ${what}`;
  const subject = keys.length === 1 ? "1 key" : `${keys.length} keys`;
  const disclosing = keys.filter(({ withCredentials }) => withCredentials).length;
  return `${subject} can read ${what}, ${formatDisclosingCount(disclosing, keys.length)} credentials`;
}

function formatDisclosingCount(disclosing: number, all: number): string {
  if (disclosing === 0) return all === 1 ? "without" : "none with";
  if (disclosing < all) return `${disclosing} with`;
  return all === 1 ? "with" : "all with";
}
