const loneSurrogate = /\p{Surrogate}/u;

/**
 * True if PostgreSQL can store this text: it contains neither NUL, which `text` and `jsonb` reject, nor a
 * lone surrogate, which has no UTF-8 encoding (PostgreSQL manual, 8.14 "JSON Types").
 */
export function isStorableText(text: string): boolean {
  return !text.includes("\u0000") && !loneSurrogate.test(text);
}
