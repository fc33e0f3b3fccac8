/**
 * The variables by which next-auth learns the address of its pages: the one of LATCHKEY_URL, or whatever host the
 * request names (Next fills x-forwarded-host and -proto from the request, and a client's own never reach it).
 */
export function trustedOrigin(url: string | null): Readonly<Record<string, string>> {
  return url === null
    ? { AUTH_TRUST_HOST: "true", NEXTAUTH_URL: "" }
    : { AUTH_TRUST_HOST: "", NEXTAUTH_URL: url };
}
