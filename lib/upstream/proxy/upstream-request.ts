import { type CredentialInjection, noInjection } from "./credential-injection";

/** One request on its way: the first goes where the caller says, each further one where a redirect says. */
export type UpstreamRequest = {
  readonly method: string;
  readonly url: URL;
  /** Path and query as they shall stand in the request line, without credentials. */
  readonly target: string;
  /** The caller's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly injection: CredentialInjection;
  /** What tells the body's type and length; null when there is none. */
  readonly bodyHeaders: Readonly<Record<string, string>> | null;
};

/** The first hop: the path behind `/proxy`, with its query, put behind the base as it is. */
export function createInitialRequest(
  base: URL,
  path: string,
  rest: Omit<UpstreamRequest, "url" | "target">,
): UpstreamRequest {
  return { ...rest, url: base, target: `${base.pathname.replace(/\/$/, "")}${path}` };
}

/** The request line's path and query, credentials included. */
export function requestTarget({ target, injection }: UpstreamRequest): string {
  const added = new URLSearchParams(injection.query).toString();
  if (added === "") return target;
  return `${target}${target.includes("?") ? "&" : "?"}${added}`;
}

/** The address for people: it never holds a credential of ours. */
export function urlWithoutCredentials({ url, target }: UpstreamRequest): string {
  return `${url.origin}${target}`;
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const contentHeaderPattern = /^content-/;
const credentialHeaders: ReadonlySet<string> = new Set(["authorization", "cookie"]);

export type RedirectResponse = { readonly status: number; readonly location: string | undefined };

/**
 * Where a redirect leads, or null when there is nothing to follow. As browsers do (Fetch standard, "HTTP-redirect
 * fetch"): 303, and 301 and 302 after POST, become a GET without body. Credentials stay with the origin they were for;
 * without `forwardHeaders` nothing of the caller's or ours goes along at all.
 */
export function toRedirectedRequest(
  hop: UpstreamRequest,
  { status, location }: RedirectResponse,
  forwardHeaders: boolean,
): UpstreamRequest | null {
  if (
    !redirectStatuses.has(status) ||
    location === undefined ||
    !URL.canParse(location, urlWithoutCredentials(hop))
  )
    return null;
  const url = new URL(location, urlWithoutCredentials(hop));
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  const { method } = hop;
  const becomesGet =
    status === 303 ? method !== "GET" && method !== "HEAD" : status < 303 && method === "POST";
  const isSameOrigin = url.origin === hop.url.origin;
  const headers = Object.entries(forwardHeaders ? hop.headers : {}).filter(
    ([name]) =>
      !(becomesGet && contentHeaderPattern.test(name)) && (isSameOrigin || !credentialHeaders.has(name)),
  );
  return {
    method: becomesGet ? "GET" : method,
    url,
    target: `${url.pathname}${url.search}`,
    headers: Object.fromEntries(headers),
    injection: forwardHeaders && isSameOrigin ? hop.injection : noInjection,
    bodyHeaders: becomesGet ? null : hop.bodyHeaders,
  };
}
