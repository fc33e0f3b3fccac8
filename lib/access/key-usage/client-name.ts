const product = /^([A-Za-z0-9._-]{1,48})(?:\/([A-Za-z0-9._+-]{1,24}))?/;

const keyPrefix = /lk_(?:live|test)_/;

/**
 * Parses the name and version of a client from the first product of its user agent (RFC 9110, 10.1.5):
 * "nango-node-client/0.70.1 (…)" becomes "nango-node-client 0.70.1". Null when the text does not begin with a
 * product. Null also when it contains an API key, sent in the wrong header: every viewer of the key list sees
 * the name.
 */
export function parseClientName(userAgent: string | null): string | null {
  const [, name, version] = product.exec(userAgent ?? "") ?? [];
  if (name === undefined || keyPrefix.test(name) || keyPrefix.test(version ?? "")) return null;
  return version === undefined ? name : `${name} ${version}`;
}
