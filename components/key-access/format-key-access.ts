import type { KeyAccess } from "@/lib/access/api-keys/key-access";

/** Formats "3 keys can read this, 1 with credentials". */
export function formatKeyAccess(
  keys: readonly Pick<KeyAccess, "withCredentials">[],
  pronoun: "this" | "these",
): string {
  if (keys.length === 0) return `No key can read ${pronoun}`;
  const subject = keys.length === 1 ? "1 key" : `${keys.length} keys`;
  const withCredentials = keys.filter((key) => key.withCredentials).length;
  return `${subject} can read ${pronoun}, ${formatShare(withCredentials, keys.length)} credentials`;
}

function formatShare(withCredentials: number, all: number): string {
  if (withCredentials === 0) return all === 1 ? "without" : "none with";
  if (withCredentials < all) return `${withCredentials} with`;
  return all === 1 ? "with" : "all with";
}
