import type { AuthMode } from "./model";

/** How each auth mode is called in a sentence. */
export const authModeNames = {
  OAUTH2: "OAuth 2",
  API_KEY: "API key",
  BASIC: "User name and password",
} as const satisfies Record<AuthMode, string>;
