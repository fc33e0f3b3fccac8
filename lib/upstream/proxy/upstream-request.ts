import { type CredentialInjection, noInjection } from "./credential-injection";

/** One request to the provider: the initial request, or one to the target of a redirect. */
export type UpstreamRequest = {
  readonly method: string;
  readonly url: URL;
  /** Path and query for the request line, without credentials. */
  readonly target: string;
  /** The caller's headers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly injection: CredentialInjection;
  /** Headers that frame the body (Content-Length or Transfer-Encoding); null when there is no body. */
  readonly bodyHeaders: Readonly<Record<string, string>> | null;
};

/** Creates the initial request. Appends path and query after `/proxy` to the base URL unchanged. */
export function createInitialRequest(
  baseUrl: URL,
  pathAndQuery: string,
  rest: Omit<UpstreamRequest, "url" | "target">,
): UpstreamRequest {
  return { ...rest, url: baseUrl, target: `${baseUrl.pathname.replace(/\/$/, "")}${pathAndQuery}` };
}

/** Returns path and query for the request line, with credentials that belong in the query. */
export function requestTarget({ target, injection }: UpstreamRequest): string {
  const injectedQuery = new URLSearchParams(injection.query).toString();
  if (injectedQuery === "") return target;
  return `${target}${target.includes("?") ? "&" : "?"}${injectedQuery}`;
}

/** Returns the URL for messages. It never contains an injected credential. */
export function urlWithoutCredentials({ url, target }: UpstreamRequest): string {
  return `${url.origin}${target}`;
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const contentHeaderPattern = /^content-/;
const credentialHeaders: ReadonlySet<string> = new Set(["authorization", "cookie"]);

export type RedirectResponse = { readonly status: number; readonly location: string | undefined };

/**
 * Creates the request to the target of a redirect; null when the response is no redirect or its target cannot
 * be followed. As in browsers (Fetch standard, "HTTP-redirect fetch"), 303, and 301 and 302 after POST,
 * become a GET without body. Credentials are sent to the same origin only. Without `forwardHeaders` neither
 * the caller's headers nor credentials are sent.
 */
export function toRedirectedRequest(
  request: UpstreamRequest,
  { status, location }: RedirectResponse,
  forwardHeaders: boolean,
): UpstreamRequest | null {
  if (
    !redirectStatuses.has(status) ||
    location === undefined ||
    !URL.canParse(location, urlWithoutCredentials(request))
  )
    return null;
  const url = new URL(location, urlWithoutCredentials(request));
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  const { method } = request;
  const becomesGet =
    status === 303 ? method !== "GET" && method !== "HEAD" : status < 303 && method === "POST";
  const isSameOrigin = url.origin === request.url.origin;
  const headers = Object.entries(forwardHeaders ? request.headers : {}).filter(
    ([name]) =>
      !(becomesGet && contentHeaderPattern.test(name)) && (isSameOrigin || !credentialHeaders.has(name)),
  );
  return {
    method: becomesGet ? "GET" : method,
    url,
    target: `${url.pathname}${url.search}`,
    headers: Object.fromEntries(headers),
    injection: forwardHeaders && isSameOrigin ? request.injection : noInjection,
    bodyHeaders: becomesGet ? null : request.bodyHeaders,
  };
}
