import { createHash, randomBytes } from "node:crypto";

const prefix = "nango_connect_session_";
const tokenPattern = /^nango_connect_session_[0-9a-f]{64}$/;

/** A new token: 256 random bits in lower hex after a prefix that clients know (contract, section 2, 11). */
export function generateSessionToken(): string {
  return prefix + randomBytes(32).toString("hex");
}

export function hasSessionTokenFormat(text: string): boolean {
  return tokenPattern.test(text);
}

/** What is stored of a token, and found again by. A plain hash is enough for 256 random bits. */
export function hashSessionToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
