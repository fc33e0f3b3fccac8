const product = /^([A-Za-z0-9._-]{1,48})(?:\/([A-Za-z0-9._+-]{1,24}))?/;

const keyLike = /lk_(?:live|test)_/;

/**
 * Name and version of a client from its user agent's first product (RFC 9110, 10.1.5): "nango-node-client/0.70.1 (…)"
 * is "nango-node-client 0.70.1". Null when it does not begin with one, or when it looks
 * like a key that went into the wrong header: it would be kept, and shown to everyone who sees the list.
 */
export function parseClientName(userAgent: string | null): string | null {
  const [, name, version] = product.exec(userAgent ?? "") ?? [];
  if (name === undefined || keyLike.test(name) || keyLike.test(version ?? "")) return null;
  return version === undefined ? name : `${name} ${version}`;
}
