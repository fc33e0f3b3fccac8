/**
 * The address at which people reach us: the one of LATCHKEY_URL, or the one that the request names. Forwarded headers
 * are in a request only when a proxy that we trust, or Next, has put them there (see `tellOrigin`).
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
