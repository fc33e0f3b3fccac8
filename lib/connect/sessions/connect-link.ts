/** Path of the connect page. The API has the paths below `/connect`, so the page has another one. */
export const connectPagePath = "/connect-ui";

/**
 * Formats the link to the connect page for an end user. Anyone with the link can use the session, because it
 * contains the token (docs/environment-api.md, "11. connect_sessions:write").
 */
export function formatConnectLink(origin: string, token: string): string {
  return `${origin}${connectPagePath}?session_token=${token}`;
}
