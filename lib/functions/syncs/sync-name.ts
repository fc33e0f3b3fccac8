import { z } from "zod";
import { headText } from "@/lib/infrastructure/bounded-schema";

/** The variant that every sync has. It is created when the sync is deployed or the connection is created. */
export const baseVariant = "base";

/** Name and variant of a sync. They identify it within a connection. */
export type SyncName = { readonly name: string; readonly variant: string };

/** True for `base`, ignoring case. The name is reserved (docs/environment-api.md, "14. syncs:manage"). */
export function isBaseVariant(variant: string): boolean {
  return variant.toLowerCase() === baseVariant;
}

export const syncNameSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9_-]+$/, "May contain only letters, digits, _ and -");

/** Schema of a variant's name. It allows the same characters as a sync's name. */
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

/** Schema of a sync in a request body: `"name"`, `"name::variant"` or `{name, variant}`. */
export const syncNameInputSchema = z.union([syncNameTextSchema, syncNameObjectSchema]);

/**
 * Schema of syncs in a query: comma-separated names. `*` and an empty text become `[]`, which selects every
 * sync.
 */
export const syncNamesQuerySchema = headText
  .transform((text) => (text === "" || text === "*" ? [] : text.split(",")))
  .pipe(z.array(syncNameTextSchema));
