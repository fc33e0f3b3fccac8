import { createHopByHopTest } from "./hop-by-hop";

const prefix = "nango-proxy-";

/**
 * Headers that a caller cannot set. The proxy determines the host and the length of the body. It sends the
 * body without waiting for an interim response, so it does not forward `Expect`.
 */
const proxyControlledHeaders: ReadonlySet<string> = new Set(["host", "content-length", "expect"]);

/**
 * Returns the caller's headers for the provider: those with the prefix `Nango-Proxy-`, without the prefix
 * (docs/environment-api.md, section 1).
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
