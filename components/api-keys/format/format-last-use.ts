import type { LastUse } from "@/lib/access/api-keys/model";

/** Shorter names of well-known clients, by the name in their user agent. */
const knownClients = new Map([
  ["nango-node-client", "node client"],
  ["nango-cli", "CLI"],
]);

/** Formats "nango-node-client 0.70.1" as "node client 0.70.1". */
export function formatClient(client: string): string {
  const [name = "", ...version] = client.split(" ");
  return [knownClients.get(name.toLowerCase()) ?? name, ...version].join(" ");
}

/** Formats a last use on one line: "GET /connections · node client 0.70.1". */
export function formatLastUse({ method, route, client }: LastUse): string {
  return client === null ? `${method} ${route}` : `${method} ${route} · ${formatClient(client)}`;
}
