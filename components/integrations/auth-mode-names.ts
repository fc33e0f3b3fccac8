import type { AuthMode } from "@/lib/upstream/providers/model";

/** The display name of each auth mode. */
export const authModeNames = {
  OAUTH2: "OAuth 2",
  OAUTH2_CC: "OAuth 2 client credentials",
  API_KEY: "API key",
  BASIC: "User name and password",
  NONE: "None",
} as const satisfies Record<AuthMode, string>;
