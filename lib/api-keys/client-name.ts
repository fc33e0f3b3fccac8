const product = /^([A-Za-z0-9._-]{1,48})(?:\/([A-Za-z0-9._+-]{1,24}))?/;

/**
 * Name and version of a client from its user agent's first product (RFC 9110, 10.1.5): "nango-node-client/0.70.1 (…)"
 * is "nango-node-client 0.70.1". Null when it does not begin with one.
 */
export function clientName(userAgent: string | null): string | null {
  const [, name, version] = product.exec(userAgent ?? "") ?? [];
  if (name === undefined) return null;
  return version === undefined ? name : `${name} ${version}`;
}
