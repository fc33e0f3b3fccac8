/** Headers that apply to one TCP connection and are never forwarded (RFC 9110, 7.6.1). */
const hopByHopHeaders: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Creates a predicate for hop-by-hop headers, including those that the message's `Connection` header names.
 * Pass header names in lower case.
 */
export function createHopByHopTest(connection: string | undefined): (name: string) => boolean {
  const connectionOptions = new Set((connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
  return (name) => hopByHopHeaders.has(name) || connectionOptions.has(name);
}
