/**
 * Tells next-auth, which reads only the environment, at which address its pages are: at LATCHKEY_URL, or at whatever
 * host a request names (Next notes that in x-forwarded-host, and a client's own never reaches it).
 */
export function setAuthOrigin(url: string | null): void {
  if (url === null) {
    delete process.env.NEXTAUTH_URL;
    process.env.AUTH_TRUST_HOST = "true";
  } else {
    delete process.env.AUTH_TRUST_HOST;
    process.env.NEXTAUTH_URL = url;
  }
}
