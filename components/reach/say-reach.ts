import type { ReachingKey } from "@/lib/access/api-keys/reach";

/** "3 keys can read this, 1 with credentials". `what` is "this" or "these". */
export function sayReach(keys: readonly Pick<ReachingKey, "withCredentials">[], what: string): string {
  if (keys.length === 0) return `No key can read ${what}`;
  const subject = keys.length === 1 ? "1 key" : `${keys.length} keys`;
  const disclosing = keys.filter(({ withCredentials }) => withCredentials).length;
  return `${subject} can read ${what}, ${howMany(disclosing, keys.length)} credentials`;
}

function howMany(disclosing: number, all: number): string {
  if (disclosing === 0) return all === 1 ? "without" : "none with";
  if (disclosing < all) return `${disclosing} with`;
  return all === 1 ? "with" : "all with";
}
