const loneSurrogate = /\p{Surrogate}/u;

/**
 * Can PostgreSQL hold this text? It refuses NUL in `text` and `jsonb` alike, and half a surrogate pair has no UTF-8
 * (PostgreSQL manual, 8.14 "JSON Types").
 */
export function isStorableText(text: string): boolean {
  return !text.includes("\u0000") && !loneSurrogate.test(text);
}
