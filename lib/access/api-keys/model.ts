import { z } from "zod";
import { type Grant, isGrant } from "@/lib/access/scopes/catalog";
import { normalizeGrants } from "@/lib/access/scopes/profiles";

/** Maximum number of keys in an environment. */
export const maxKeysPerEnvironment = 50;

/** The last authenticated call of a key. */
export const lastUseSchema = z.object({
  method: z.string(),
  /** The route's pattern, never the requested path: `/connections/{connectionId}`. */
  route: z.string(),
  status: z.number(),
  /** Name and version of the client from its user agent; null when unknown. */
  client: z.string().nullable(),
  address: z.string().nullable(),
});

export type LastUse = Readonly<z.infer<typeof lastUseSchema>>;

/** Outcomes of an authenticated call: status 2xx or 3xx; 403 for a missing scope; any other 4xx; 5xx. */
const useOutcomes = ["succeeded", "missing_scope", "rejected", "failed"] as const;

export type UseOutcome = (typeof useOutcomes)[number];

/** A key as lists and pages show it. It has no field for the secret. */
export type ApiKeySummary = {
  readonly id: number;
  readonly displayName: string;
  readonly prefix: string;
  readonly lastFour: string;
  readonly grants: readonly Grant[];
  readonly createdBy: string;
  /** ISO 8601, as are all times here. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUse: LastUse | null;
};

// With control, format or bidirectional characters two different names can look alike (Unicode UAX 9, UTS
// 39).
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

/**
 * Name of a key: trimmed, NFC, 1 to 255 characters, none invisible. The form, the server action and the
 * command line validate with it.
 */
export const displayNameSchema = z
  .string()
  // Limits the cost of normalizing. More than 255, because trimming and NFC can shorten a name.
  .max(2000, "At most 255 characters")
  .transform((name) => name.normalize("NFC").trim())
  .pipe(
    z
      .string()
      .refine((name) => !invisible.test(name), "Remove invisible characters")
      .refine((name) => name.length > 0, "Enter a display name")
      .refine((name) => [...name].length <= 255, "At most 255 characters"),
  );

/** Grants of a key: at least one, all in the catalog, each once. Returns them in their stored form. */
export const grantsSchema = z
  .array(z.string().max(255), "Choose Full access or at least one scope")
  .max(100, "Too many scopes")
  .min(1, "Choose at least one scope")
  .transform((values, context): Grant[] => {
    const grants = values.filter(isGrant);
    const unknown = values.find((value) => !isGrant(value));
    if (unknown !== undefined) {
      context.addIssue({ code: "custom", message: `Unknown scope: ${JSON.stringify(unknown.slice(0, 80))}` });
      return z.NEVER;
    }
    if (new Set(grants).size !== grants.length) {
      context.addIssue({ code: "custom", message: "A scope is listed twice" });
      return z.NEVER;
    }
    return normalizeGrants(grants);
  });

/** The id of a key in a request body or path. */
export const keyIdSchema = z.int().positive();

export const newKeySchema = z.object({ displayName: displayNameSchema, grants: grantsSchema });
export const editedKeySchema = newKeySchema.extend({ id: keyIdSchema });

/** Why a change of keys failed. `message` is shown to the member. */
export type ApiKeyError =
  | { readonly code: "duplicate_name"; readonly message: string }
  | { readonly code: "too_many_keys"; readonly message: string }
  | { readonly code: "not_found"; readonly message: string };
