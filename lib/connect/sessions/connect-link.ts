/** The page on which end users connect. It stands beside the API's own `/connect`. */
export const connectPagePath = "/connect-ui";

/** Where an end user connects; the token in it is the right to do so (contract, section 2, 11). */
export function formatConnectLink(origin: string, token: string): string {
  return `${origin}${connectPagePath}?session_token=${token}`;
}
