import "server-only";
import { createHash } from "node:crypto";
import { cookies } from "next/headers";
import { authorizationTimeoutMinutes, callbackPath } from "@/lib/connect/sessions/authorization";

/*
 * Between leaving for a provider and coming back, the browser that left holds the session's token in a cookie. Whoever
 * is sent the provider's address by somebody else has no such cookie, and cannot be made to connect their account to
 * that somebody's session (RFC 6749, 10.12).
 */

/** Named after the request, so that several may be under way. */
function connectCookieName(state: string): string {
  return `latchkey.connect.${createHash("sha256").update(state).digest("hex").slice(0, 16)}`;
}

export async function setConnectCookie(state: string, token: string, origin: string): Promise<void> {
  (await cookies()).set({
    name: connectCookieName(state),
    value: token,
    path: callbackPath,
    maxAge: authorizationTimeoutMinutes * 60,
    httpOnly: true,
    // Sent when the provider's page leads back here, and with nothing else from elsewhere.
    sameSite: "lax",
    secure: origin.startsWith("https://"),
  });
}

/** The token kept for this state, which is then kept no longer; null when this browser has none. */
export async function consumeConnectCookie(state: string): Promise<string | null> {
  const jar = await cookies();
  const name = connectCookieName(state);
  const token = jar.get(name)?.value ?? null;
  jar.set({ name, value: "", maxAge: 0, path: callbackPath });
  return token;
}
