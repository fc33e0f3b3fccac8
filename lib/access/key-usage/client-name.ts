const product = /^([A-Za-z0-9._-]{1,48})(?:\/([A-Za-z0-9._+-]{1,24}))?/;

const keyLike = /lk_(?:live|test)_/;

/**
 * Parses name and version of a client from the first product of its user agent (RFC 9110, 10.1.5):
 * "nango-node-client/0.70.1 (…)" is "nango-node-client 0.70.1". Null when it does not begin with a product,
 * or when it looks like an API key sent in the wrong header: the name is stored and shown to every viewer of
 * the list.
 */
export function parseClientName(userAgent: string | null): string | null {
  const [, name, version] = product.exec(userAgent ?? "") ?? [];
  if (name === undefined || keyLike.test(name) || keyLike.test(version ?? "")) return null;
  return version === undefined ? name : `${name} ${version}`;
}
