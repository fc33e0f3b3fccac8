type QueryValue = string | string[] | Record<string, string | string[]>;

const bracketed = /^([^[\]]+)\[([^[\]]*)\]$/;

/**
 * Parses a query string (without `?`) in the notation of the clients: a repeated key is a list, `key[]=v` is
 * an element of a list, `key[name]=v` is a field of an object (docs/environment-api.md, section 5, trap 10).
 * Any other brackets stay part of the key, and strict schemas reject such a key.
 */
export function parseQuery(text: string): Record<string, QueryValue> {
  const flat = new Map<string, string[]>();
  const nested = new Map<string, Map<string, string[]>>();
  if (text === "") return {};
  for (const [key, value] of new URLSearchParams(text)) {
    const [, outer, inner] = bracketed.exec(key) ?? [];
    if (outer === undefined || inner === undefined) append(flat, key, value);
    else if (inner === "") append(flat, outer, value);
    else {
      const object = nested.get(outer) ?? new Map<string, string[]>();
      nested.set(outer, object);
      append(object, inner, value);
    }
  }
  // `fromEntries` defines own properties, so that `__proto__` is an ordinary key.
  const entries: [string, QueryValue][] = [...flat].map(([key, values]) => [key, single(values)]);
  for (const [key, object] of nested) {
    const value = Object.fromEntries([...object].map(([name, values]) => [name, single(values)]));
    // The query has both `tags=x` and `tags[a]=x`, which is ambiguous. A list of two makes the schema reject
    // the field.
    entries.push([key, flat.has(key) ? ["", ""] : value]);
  }
  return Object.fromEntries(entries);
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

function single(values: string[]): string | string[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}
