// RFC 9110, 7.6.1: these speak of one connection and never travel to the next.
const ofOneConnection: ReadonlySet<string> = new Set([
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
export function hopByHop(connection: string | undefined): (name: string) => boolean {
  const named = new Set((connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
  return (name) => ofOneConnection.has(name) || named.has(name);
}
