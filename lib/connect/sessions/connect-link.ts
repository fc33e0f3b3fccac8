/** Path of the connect page. Differs from the API routes below `/connect`. */
export const connectPagePath = "/connect-ui";

/**
 * Formats the link to the connect page for an end user. Anyone with the link can use the session, because it
 * contains the token (docs/environment-api.md, section 2, 11).
 */
export function formatConnectLink(origin: string, token: string): string {
  return `${origin}${connectPagePath}?session_token=${token}`;
}
