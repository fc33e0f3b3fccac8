import { isStorableText } from "./storable-text";

/** Maximum nesting. Bounded, because PostgreSQL's `jsonb` parser and `findUnstorableValue` are recursive. */
const maxJsonDepth = 64;

export type UnstorableValueError = { readonly message: string; readonly path: readonly string[] };

/**
 * Finds the first part of a JSON value that PostgreSQL cannot store: a string or key with NUL or a lone
 * surrogate, or nesting beyond 64 levels. Null when the whole value can be stored.
 */
export function findUnstorableValue(value: unknown, depth = 0): UnstorableValueError | null {
  if (typeof value === "string") {
    return isStorableText(value) ? null : { message: "Contains NUL or a lone surrogate", path: [] };
  }
  if (typeof value !== "object" || value === null) return null;
  if (depth >= maxJsonDepth) return { message: `Nested deeper than ${maxJsonDepth} levels`, path: [] };
  if (Array.isArray(value)) {
    // Apart from objects, since `Object.entries` makes a pair and a text of each index.
    for (let at = 0; at < value.length; at += 1) {
      const error = findUnstorableValue(value[at], depth + 1);
      if (error !== null) return { message: error.message, path: [String(at), ...error.path] };
    }
    return null;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorableText(key)) return { message: "A key contains NUL or a lone surrogate", path: [] };
    const error = findUnstorableValue(inner, depth + 1);
    if (error !== null) return { message: error.message, path: [key, ...error.path] };
  }
  return null;
}
