import type { LastUse } from "./model";

/** What a key did last, on one line: "GET /connections · node client 0.70.1". */
export function sayLastUse({ method, route, client }: LastUse): string {
  return client === null ? `${method} ${route}` : `${method} ${route} · ${client}`;
}
