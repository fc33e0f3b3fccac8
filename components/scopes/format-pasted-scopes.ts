import type { PastedScopes } from "@/lib/access/scopes/parse-pasted-scopes";

/** Describes the result of a paste: how many scopes were selected, and which names are unknown. */
export function formatPastedScopes({ scopes, unknown, mentionsFullAccess }: PastedScopes): string {
  const parts = [
    scopes.length === 1
      ? "1 scope of the list is selected."
      : `${scopes.length} scopes of the list are selected.`,
  ];
  if (unknown.length > 0)
    parts.push(`Unknown: ${unknown.slice(0, 5).join(", ")}${unknown.length > 5 ? " and more" : ""}.`);
  if (mentionsFullAccess) parts.push("The list contains Full access. To grant it, choose it above.");
  return parts.join(" ");
}
