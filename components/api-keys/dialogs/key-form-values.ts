import type { ServerCallError } from "@/components/server-call/call-server";
import { newKeySchema } from "@/lib/access/api-keys/model";
import type { Grant } from "@/lib/access/scopes/catalog";
import { grantsFromSelection, type Selection } from "@/lib/access/scopes/selection";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

/** The inputs of the form. */
export type KeyFormValues = { readonly displayName: string; readonly selection: Selection };

/** What the form submits for a new or an existing key. */
export type KeyNameAndGrants = { readonly displayName: string; readonly grants: readonly Grant[] };

/** One error per input. `form` is an error of the whole form. */
export type KeyFormErrors = {
  readonly displayName?: string | undefined;
  readonly grants?: string | undefined;
  readonly form?: string | undefined;
};

/**
 * Returns the selector of the element in the form that gets the focus: the first input with an error, or the
 * error of the whole form.
 */
export function firstErrorSelector({ displayName, grants }: KeyFormErrors): string {
  if (displayName !== undefined) return "[name=displayName]";
  return grants === undefined ? "[role=alert]" : "[type=search]";
}

/** Validates the inputs with the schema that the server uses too. */
export function parseKeyForm({
  displayName,
  selection,
}: KeyFormValues): Result<KeyNameAndGrants, KeyFormErrors> {
  const parsed = newKeySchema.safeParse({ displayName, grants: grantsFromSelection(selection) });
  if (parsed.success) return ok(parsed.data);
  const messageOf = (field: string) => parsed.error.issues.find(({ path }) => path[0] === field)?.message;
  return fail({ displayName: messageOf("displayName"), grants: messageOf("grants") });
}

/** Assigns a server error to its input, or to the whole form. */
export function toFormErrors({ code, message, fields }: ServerCallError): KeyFormErrors {
  if (code === "duplicate_name") return { displayName: message };
  const { displayName, grants } = fields ?? {};
  return displayName === undefined && grants === undefined ? { form: message } : { displayName, grants };
}
