import "server-only";

const base = "http://latchkey.invalid";

/**
 * Where to go after signing in: the path asked for when it is one of ours, else `/`. Browsers read `//host`, `/\host`
 * and addresses with a stripped tab or line end as other sites, so the parsed address is what is compared and returned.
 */
export function safeReturnPath(asked: string | null | undefined): string {
  if (typeof asked !== "string" || !asked.startsWith("/") || asked.length > 2000) return "/";
  if (!URL.canParse(asked, base)) return "/";
  const url = new URL(asked, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return "/";
  if (/^\/(signin|signout|setup|api|internal)(\/|$)/.test(url.pathname)) return "/";
  // Next's router adds it to what it fetches for a page that is open already.
  if (url.searchParams.has("_rsc")) url.searchParams.delete("_rsc");
  return url.pathname + url.search + url.hash;
}

/** The sign-in page that leads back to `path`. */
export function signInPath(path: string | null): string {
  const back = safeReturnPath(path);
  return back === "/" ? "/signin" : `/signin?callbackUrl=${encodeURIComponent(back)}`;
}
