// RFC 9110, 7.6.1: these speak of one connection and never travel to the next.
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

/** Tells headers (in lower case) that may not be passed on, by themselves or because `Connection` names them. */
export function createHopByHopTest(connection: string | undefined): (name: string) => boolean {
  const named = new Set((connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
  return (name) => hopByHopHeaders.has(name) || named.has(name);
}
