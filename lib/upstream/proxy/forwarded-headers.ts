import { createHopByHopTest } from "./hop-by-hop";

const prefix = "nango-proxy-";

/** Headers that the proxy sets itself: the target host and the framing of the body. */
const proxyControlledHeaders: ReadonlySet<string> = new Set(["host", "content-length", "expect"]);

/**
 * Selects the headers that a caller sends to the provider: only those with the prefix `Nango-Proxy-`, which
 * is removed (docs/environment-api.md, section 1).
 */
export function toForwardedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const isHopByHop = createHopByHopTest(headers[`${prefix}connection`]);
  const forwarded = Object.entries(headers).flatMap(([prefixedName, value]) => {
    if (!prefixedName.startsWith(prefix)) return [];
    const name = prefixedName.slice(prefix.length);
    return name === "" || isHopByHop(name) || proxyControlledHeaders.has(name)
      ? []
      : [[name, value] as const];
  });
  return Object.fromEntries(forwarded);
}
