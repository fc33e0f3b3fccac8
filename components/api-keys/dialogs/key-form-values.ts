import type { ServerCallError } from "@/components/server-call/call-server";
import { newKeySchema } from "@/lib/access/api-keys/model";
import type { Grant } from "@/lib/access/scopes/catalog";
import { grantsFromSelection, type Selection } from "@/lib/access/scopes/selection";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

/** What the form holds, all of it. */
export type KeyFormValues = { readonly displayName: string; readonly selection: Selection };

export type NewKey = { readonly displayName: string; readonly grants: readonly Grant[] };

/** Words beside the inputs; `form` for what belongs to none of them. */
export type KeyFormErrors = {
  readonly displayName?: string | undefined;
  readonly grants?: string | undefined;
  readonly form?: string | undefined;
};

/** Checks with the schema that the server uses too. */
export function parseKeyForm({ displayName, selection }: KeyFormValues): Result<NewKey, KeyFormErrors> {
  const parsed = newKeySchema.safeParse({ displayName, grants: grantsFromSelection(selection) });
  if (parsed.success) return ok(parsed.data);
  const words = (field: string) => parsed.error.issues.find(({ path }) => path[0] === field)?.message;
  return fail({ displayName: words("displayName"), grants: words("grants") });
}

/** Assigns an error of the server to the input it is about, or to the form. */
export function toFormErrors({ code, message, fields }: ServerCallError): KeyFormErrors {
  if (code === "duplicate_name") return { displayName: message };
  const { displayName, grants } = fields ?? {};
  return displayName === undefined && grants === undefined ? { form: message } : { displayName, grants };
}
