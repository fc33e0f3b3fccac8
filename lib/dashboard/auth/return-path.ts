import "server-only";

/** An origin that no site can have (RFC 2606, 2), to parse a path as a browser does. */
const base = "http://latchkey.invalid";

/**
 * Returns the path to open after sign-in: `path` if it is a page of this site, else `/`. Browsers treat
 * `//host` and `/\host` as another site, and they remove tabs and line breaks first. The checks and the
 * result therefore use the parsed URL.
 */
export function safeReturnPath(path: string | null | undefined): string {
  if (typeof path !== "string" || !path.startsWith("/") || path.length > 2000) return "/";
  if (!URL.canParse(path, base)) return "/";
  const url = new URL(path, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return "/";
  if (/^\/(signin|signout|setup|api|internal)(\/|$)/.test(url.pathname)) return "/";
  // Next's router adds this parameter when it fetches a page. The page's own URL does not have it.
  if (url.searchParams.has("_rsc")) url.searchParams.delete("_rsc");
  return url.pathname + url.search + url.hash;
}

/** Returns the path of the sign-in page that leads back to `path`. */
export function signInPath(path: string | null): string {
  const returnPath = safeReturnPath(path);
  return returnPath === "/" ? "/signin" : `/signin?callbackUrl=${encodeURIComponent(returnPath)}`;
}
