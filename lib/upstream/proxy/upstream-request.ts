import { type CredentialInjection, noInjection } from "./credential-injection";

/** A request to the provider: the initial one, or one to the target of a redirect. */
export type UpstreamRequest = {
  readonly method: string;
  readonly url: URL;
  /** Path and query of the request line, without credentials. */
  readonly target: string;
  /** The caller's headers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly injection: CredentialInjection;
  /** Headers that frame the body (Content-Length or Transfer-Encoding); null when there is no body. */
  readonly bodyHeaders: Readonly<Record<string, string>> | null;
};

/** Creates the initial request. Appends `pathAndQuery`, unchanged, to the path of the base URL. */
export function createInitialRequest(
  baseUrl: URL,
  pathAndQuery: string,
  rest: Omit<UpstreamRequest, "url" | "target">,
): UpstreamRequest {
  return { ...rest, url: baseUrl, target: `${baseUrl.pathname.replace(/\/$/, "")}${pathAndQuery}` };
}

/** Returns path and query of the request line, with the injected query parameters. */
export function requestTarget({ target, injection }: UpstreamRequest): string {
  const injectedQuery = new URLSearchParams(injection.query).toString();
  if (injectedQuery === "") return target;
  return `${target}${target.includes("?") ? "&" : "?"}${injectedQuery}`;
}

/** Returns the URL without injected credentials, for error messages and as the base of a redirect. */
export function urlWithoutCredentials({ url, target }: UpstreamRequest): string {
  return `${url.origin}${target}`;
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const contentHeaderPattern = /^content-/;
const credentialHeaders: ReadonlySet<string> = new Set(["authorization", "cookie"]);

export type RedirectResponse = { readonly status: number; readonly location: string | undefined };

/**
 * Creates the request to the target of a redirect; null when the response is not a redirect, or its target is
 * not an http or https URL. As in browsers (Fetch standard, "HTTP-redirect fetch"), a 303 changes every
 * method except HEAD to GET, and a 301 or 302 changes POST to GET; such a GET has no body. Credentials are
 * sent to the same origin only. Without `forwardHeaders`, neither the caller's headers nor credentials are
 * sent.
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
