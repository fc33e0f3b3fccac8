/**
 * Configures the origin that next-auth uses, which it reads from the environment only: `url` or, for null,
 * the host of each request. Next puts that host into x-forwarded-host; a client's own header of that name has
 * been stripped.
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
