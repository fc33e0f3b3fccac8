import "server-only";
import { createHash } from "node:crypto";
import { cookies } from "next/headers";
import { authorizationTimeoutMinutes, callbackPath } from "@/lib/connect/sessions/authorization";

/*
 * While an end user is at the provider, their browser holds the connect session's token in a cookie. A person
 * who was sent the provider's URL by an attacker has no such cookie and cannot be made to connect their
 * account to the attacker's session (RFC 6749, 10.12).
 */

/** Derived from the `state` parameter, so that several authorizations can run at the same time. */
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

/** Returns the token stored for this state and deletes the cookie. Null when this browser has none. */
export async function consumeConnectCookie(state: string): Promise<string | null> {
  const jar = await cookies();
  const name = connectCookieName(state);
  const token = jar.get(name)?.value ?? null;
  jar.set({ name, value: "", maxAge: 0, path: callbackPath });
  return token;
}
