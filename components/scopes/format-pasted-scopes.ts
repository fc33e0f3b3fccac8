import type { PastedScopes } from "@/lib/access/scopes/parse-pasted-scopes";

/** What a paste did, counted and with what it did not know. */
export function formatPastedScopes({ scopes, unknown, mentionsFullAccess }: PastedScopes): string {
  const parts = [
    scopes.length === 1
      ? "1 scope of the list is ticked."
      : `${scopes.length} scopes of the list are ticked.`,
  ];
  if (unknown.length > 0)
    parts.push(`Not known: ${unknown.slice(0, 5).join(", ")}${unknown.length > 5 ? " and more" : ""}.`);
  if (mentionsFullAccess) parts.push("The list names Full access: choose it above if you mean it.");
  return parts.join(" ");
}
