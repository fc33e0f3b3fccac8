import { isStorableText } from "./storable-text";

/** The deepest nesting that is stored: PostgreSQL's `jsonb` parser, and ours, recurse. */
export const maxJsonDepth = 64;

export type UnstorableValueError = { readonly message: string; readonly path: readonly string[] };

/**
 * Why PostgreSQL would refuse a JSON value, and where: NUL and lone surrogates in any string or key, at any depth, and
 * nesting beyond 64 levels. Null when it would not.
 */
export function findUnstorableValue(value: unknown, depth = 0): UnstorableValueError | null {
  if (typeof value === "string") {
    return isStorableText(value) ? null : { message: "Contains NUL or half a surrogate pair", path: [] };
  }
  if (typeof value !== "object" || value === null) return null;
  if (depth >= maxJsonDepth) return { message: `Nested deeper than ${maxJsonDepth} levels`, path: [] };
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorableText(key)) return { message: "A key contains NUL or half a surrogate pair", path: [] };
    const trouble = findUnstorableValue(inner, depth + 1);
    if (trouble !== null) return { message: trouble.message, path: [key, ...trouble.path] };
  }
  return null;
}
