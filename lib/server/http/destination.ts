/** First path segments that are the dashboard's; the environment API may declare no route below them. */
export const dashboardSegments: ReadonlySet<string> = new Set([
  "",
  "_next",
  "api",
  "connect-ui",
  "docs",
  "env",
  "internal",
  "members",
  "oauth",
  "setup",
  "signin",
  "signout",
  "favicon.ico",
  "robots.txt",
]);

/** `/a/b?c` -> `a`, as sent: nothing is decoded. */
export function firstSegment(url: string): string {
  return /^\/([^/?#]*)/.exec(url)?.[1] ?? "";
}

export type Destination = "health" | "ready" | "metrics" | "dashboard" | "api";

export type DeclaredPaths = {
  /** First segments of the routes that the environment API declares. */
  readonly apiSegments: ReadonlySet<string>;
  /** Names in `public/`. */
  readonly publicNames: ReadonlySet<string>;
};

/**
 * Who answers. An address that nobody declared goes to the dashboard's page for it when a browser goes there, and to
 * the API's JSON otherwise.
 */
export function resolveDestination(
  request: { readonly method: string; readonly url: string; readonly accept: string },
  { apiSegments, publicNames }: DeclaredPaths,
): Destination {
  const path = request.url.split("?")[0];
  const reads = request.method === "GET" || request.method === "HEAD";
  if (path === "/healthz" && reads) return "health";
  if (path === "/readyz" && reads) return "ready";
  if (path === "/metrics" && reads) return "metrics";
  const segment = firstSegment(request.url);
  if (dashboardSegments.has(segment) || publicNames.has(segment) || /^(apple-)?icon/.test(segment)) {
    return "dashboard";
  }
  if (apiSegments.has(segment)) return "api";
  return resolveUndeclaredDestination(reads, request.accept);
}

/** Who says that there is nothing at an address. */
export function resolveUndeclaredDestination(reads: boolean, accept: string): "dashboard" | "api" {
  return reads && accept.includes("text/html") ? "dashboard" : "api";
}
