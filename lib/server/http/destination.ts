/**
 * First path segments that belong to the dashboard. No route of the environment API may begin with one of
 * them.
 */
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

/** First path segments that are known only at run time. */
export type ServedSegments = {
  /** First segments of the routes of the environment API. */
  readonly apiSegments: ReadonlySet<string>;
  /** Names of the files and folders in `public/`. */
  readonly publicFileNames: ReadonlySet<string>;
};

/**
 * Returns which part of the server handles a request. A path that no part serves gets the dashboard's "not
 * found" page when a browser navigates to it, otherwise the API's JSON error.
 */
export function resolveDestination(
  request: { readonly method: string; readonly url: string; readonly accept: string },
  { apiSegments, publicFileNames }: ServedSegments,
): Destination {
  const path = request.url.split("?")[0];
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (path === "/healthz" && isRead) return "health";
  if (path === "/readyz" && isRead) return "ready";
  if (path === "/metrics" && isRead) return "metrics";
  const segment = firstSegment(request.url);
  if (dashboardSegments.has(segment) || publicFileNames.has(segment) || /^(apple-)?icon/.test(segment)) {
    return "dashboard";
  }
  if (apiSegments.has(segment)) return "api";
  return resolveNotFoundDestination(isRead, request.accept);
}

/** Returns which part responds with 404 to a path that no part serves. */
export function resolveNotFoundDestination(isRead: boolean, accept: string): "dashboard" | "api" {
  return isRead && accept.includes("text/html") ? "dashboard" : "api";
}
