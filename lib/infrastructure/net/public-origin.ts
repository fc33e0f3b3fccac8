/**
 * Returns the public origin of this installation: LATCHKEY_URL if set, otherwise the one that the request
 * names. A request has forwarded headers only from a trusted proxy or from this server (see
 * `stripUntrustedHeaders` and `setInternalHeaders`).
 */
export function publicOrigin(
  header: (name: string) => string | null | undefined,
  url: string | null,
): string {
  if (url !== null) return url;
  const first = (name: string) => header(name)?.split(",")[0]?.trim() || undefined;
  const protocol = first("x-forwarded-proto") === "https" ? "https" : "http";
  const origin = `${protocol}://${first("x-forwarded-host") ?? first("host") ?? "localhost"}`;
  return URL.canParse(origin) ? new URL(origin).origin : `${protocol}://localhost`;
}
