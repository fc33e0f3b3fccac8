/**
 * Returns the public origin of this installation: LATCHKEY_URL (`url`) if it is set, otherwise the origin in
 * the request's headers. Forwarded headers can be used, because those of untrusted clients have been removed
 * (see `stripUntrustedHeaders` and `setInternalHeaders`).
 */
export function publicOrigin(
  header: (name: string) => string | null | undefined,
  url: string | null,
): string {
  if (url !== null) return url;
  const firstValue = (name: string) => header(name)?.split(",")[0]?.trim() || undefined;
  const protocol = firstValue("x-forwarded-proto") === "https" ? "https" : "http";
  const origin = `${protocol}://${firstValue("x-forwarded-host") ?? firstValue("host") ?? "localhost"}`;
  return URL.canParse(origin) ? new URL(origin).origin : `${protocol}://localhost`;
}
