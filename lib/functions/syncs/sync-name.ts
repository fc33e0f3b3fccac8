import { z } from "zod";

/** The variant that every sync has, made when it is deployed or when a connection is made. */
export const baseVariant = "base";

/** Which sync of a connection is meant. */
export type SyncName = { readonly name: string; readonly variant: string };

/** `base` in any letter case: no other variant may be called so (contract, section 2, 14). */
export function isBaseVariant(variant: string): boolean {
  return variant.toLowerCase() === baseVariant;
}

export const syncNameSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9_-]+$/, "May hold letters, digits, _ and -");

/** The same characters as a sync's name. */
export const variantSchema = syncNameSchema;

function toSyncName({
  name,
  variant,
}: {
  readonly name: string;
  readonly variant?: string | undefined;
}): SyncName {
  return { name, variant: variant === undefined || isBaseVariant(variant) ? baseVariant : variant };
}

const syncNameTextSchema = z
  .string()
  .max(512)
  .regex(/^[A-Za-z0-9_-]{1,255}(?:::[A-Za-z0-9_-]{1,255})?$/, "Must be a sync's name, or name::variant")
  .transform((text) => {
    const [name = "", variant] = text.split("::");
    return toSyncName({ name, variant });
  });

const syncNameObjectSchema = z
  .strictObject({ name: syncNameSchema, variant: variantSchema.optional() })
  .transform(toSyncName);

/** A sync in a body: `"name"`, `"name::variant"` or `{name, variant}`. */
export const syncNameInputSchema = z.union([syncNameTextSchema, syncNameObjectSchema]);

/** Syncs in a query: names between commas; `*` and nothing at all are every sync, as an empty list is in a body. */
export const syncNamesQuerySchema = z
  .string()
  .transform((text) => (text === "" || text === "*" ? [] : text.split(",")))
  .pipe(z.array(syncNameTextSchema));
