/** First path segments that belong to the dashboard. The environment API must declare no route below them. */
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

/** Returns the first path segment of a URL without decoding it: `/a/b?c` -> `a`. */
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
 * Decides where a request goes. A path that is declared nowhere gets the dashboard's "not found" page when a
 * browser navigates to it, and the API's JSON error otherwise.
 */
export function resolveDestination(
  request: { readonly method: string; readonly url: string; readonly accept: string },
  { apiSegments, publicNames }: DeclaredPaths,
): Destination {
  const path = request.url.split("?")[0];
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (path === "/healthz" && isRead) return "health";
  if (path === "/readyz" && isRead) return "ready";
  if (path === "/metrics" && isRead) return "metrics";
  const segment = firstSegment(request.url);
  if (dashboardSegments.has(segment) || publicNames.has(segment) || /^(apple-)?icon/.test(segment)) {
    return "dashboard";
  }
  if (apiSegments.has(segment)) return "api";
  return resolveUndeclaredDestination(isRead, request.accept);
}

/** Decides who answers 404 for a path that is declared nowhere. */
export function resolveUndeclaredDestination(isRead: boolean, accept: string): "dashboard" | "api" {
  return isRead && accept.includes("text/html") ? "dashboard" : "api";
}
