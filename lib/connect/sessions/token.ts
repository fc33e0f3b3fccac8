import { createHash, randomBytes } from "node:crypto";

const prefix = "nango_connect_session_";
const tokenPattern = /^nango_connect_session_[0-9a-f]{64}$/;

/**
 * Generates a session token: a prefix and 256 random bits in lower-case hex
 * (docs/environment-api.md, "11. connect_sessions:write").
 */
export function generateSessionToken(): string {
  return prefix + randomBytes(32).toString("hex");
}

/** True when the text has the format of a session token. Does not check that the session exists. */
export function hasSessionTokenFormat(text: string): boolean {
  return tokenPattern.test(text);
}

/** Hashes a token for storage and look-up with SHA-256, which is enough for a token of 256 random bits. */
export function hashSessionToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
