import { fail, ok, type Result } from "../result";
import { isStorableText } from "../storable-text";
import type { FieldError } from "./errors";

const deepest = 64;

/**
 * Walks what JSON or a query gave and refuses what PostgreSQL would: NUL and lone surrogates in any string or key, at
 * any depth, and nesting beyond 64 levels (its `jsonb` parser, and ours, recurse).
 */
export function checkStorable(value: unknown): Result<null, FieldError> {
  const trouble = findTrouble(value, 0);
  return trouble === null ? ok(null) : fail({ code: "custom", ...trouble });
}

type Trouble = { readonly message: string; readonly path: readonly string[] };

function findTrouble(value: unknown, depth: number): Trouble | null {
  if (typeof value === "string") {
    return isStorableText(value) ? null : { message: "Contains NUL or half a surrogate pair", path: [] };
  }
  if (typeof value !== "object" || value === null) return null;
  if (depth >= deepest) return { message: `Nested deeper than ${deepest} levels`, path: [] };
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorableText(key)) return { message: "A key contains NUL or half a surrogate pair", path: [] };
    const trouble = findTrouble(inner, depth + 1);
    if (trouble !== null) return { message: trouble.message, path: [key, ...trouble.path] };
  }
  return null;
}
