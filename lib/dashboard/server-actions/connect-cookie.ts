import "server-only";
import { createHash } from "node:crypto";
import { cookies } from "next/headers";
import { authorizationTimeoutMinutes, callbackPath } from "@/lib/connect/sessions/authorization";

/*
 * While an end user is at the provider, their browser has the connect session's token in a cookie. If an
 * attacker sends the provider's URL of the attacker's own session to another person, that person's browser
 * has no such cookie, so their account is not connected to the attacker's session (RFC 6749, 10.12).
 */

/**
 * Derives the cookie's name from the `state` parameter, so that several authorizations can run at the same
 * time.
 */
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
    // Sent with the provider's redirect to the callback, and with no other request from another site.
    sameSite: "lax",
    secure: origin.startsWith("https://"),
  });
}

/**
 * Returns the token that was stored for this state, and deletes the cookie. Null when the browser has no such
 * cookie.
 */
export async function consumeConnectCookie(state: string): Promise<string | null> {
  const cookieStore = await cookies();
  const name = connectCookieName(state);
  const token = cookieStore.get(name)?.value ?? null;
  cookieStore.set({ name, value: "", maxAge: 0, path: callbackPath });
  return token;
}
