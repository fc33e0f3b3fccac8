import { createHopByHopTest } from "./hop-by-hop";

const prefix = "nango-proxy-";

/** Where the request goes and how long its body is: the server says that itself. */
const proxyControlledHeaders: ReadonlySet<string> = new Set(["host", "content-length", "expect"]);

/** The headers a caller sends to the provider: those behind `Nango-Proxy-`, and no other (contract, section 1). */
export function toForwardedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const isHopByHop = createHopByHopTest(headers[`${prefix}connection`]);
  const passed = Object.entries(headers).flatMap(([name, value]) => {
    if (!name.startsWith(prefix)) return [];
    const rest = name.slice(prefix.length);
    return rest === "" || isHopByHop(rest) || proxyControlledHeaders.has(rest)
      ? []
      : [[rest, value] as const];
  });
  return Object.fromEntries(passed);
}
