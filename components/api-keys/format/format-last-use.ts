import type { LastUse } from "@/lib/access/api-keys/model";

/** Clients that people know by a shorter name than their user agent's. */
const knownClients = new Map([
  ["nango-node-client", "node client"],
  ["nango-cli", "CLI"],
]);

/** "nango-node-client 0.70.1" as people call it: "node client 0.70.1". */
export function formatClient(client: string): string {
  const [name = "", ...version] = client.split(" ");
  return [knownClients.get(name.toLowerCase()) ?? name, ...version].join(" ");
}

/** What a key did last, on one line: "GET /connections · node client 0.70.1". */
export function formatLastUse({ method, route, client }: LastUse): string {
  return client === null ? `${method} ${route}` : `${method} ${route} · ${formatClient(client)}`;
}
