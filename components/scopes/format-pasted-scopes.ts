import type { PastedScopes } from "@/lib/access/scopes/parse-pasted-scopes";

/** Describes the result of a paste: how many scopes it selected, and which names are unknown. */
export function formatPastedScopes({ scopes, unknown, mentionsFullAccess }: PastedScopes): string {
  const sentences = [
    scopes.length === 1
      ? "1 scope of the list is selected."
      : `${scopes.length} scopes of the list are selected.`,
  ];
  if (unknown.length > 0)
    sentences.push(`Unknown: ${unknown.slice(0, 5).join(", ")}${unknown.length > 5 ? " and more" : ""}.`);
  if (mentionsFullAccess) sentences.push("The list contains Full access. To grant it, choose it above.");
  return sentences.join(" ");
}
