/**
 * Sets the origin that next-auth uses. next-auth reads it only from environment variables. For null it uses
 * the host of each request, which Next puts into x-forwarded-host. A client cannot forge it, because its own
 * header of that name has been removed.
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
