import "server-only";
import { decode } from "next-auth/jwt";
import { z } from "zod";
import { settings } from "@/lib/infrastructure/settings/settings";

/** Seconds after which a person signs in again. */
export const sessionMaxAgeSeconds = 7 * 24 * 3600;

/** All that a session carries: who, and which of their passwords opened it. The rest is read at each request. */
const tokenSchema = z.object({ memberId: z.int().positive(), sessionEpoch: z.int().nonnegative() });

export type SessionToken = Readonly<z.infer<typeof tokenSchema>>;

/** Secure, with the browser's `__Secure-` guard, where people come over https. */
export function sessionCookie(): { readonly name: string; readonly secure: boolean } {
  const secure = settings().publicUrl?.startsWith("https://") ?? false;
  return { name: `${secure ? "__Secure-" : ""}latchkey.session`, secure };
}

export function parseSessionToken(payload: unknown): SessionToken | null {
  const parsed = tokenSchema.safeParse(payload);
  return parsed.success ? parsed.data : null;
}

/** Opens a session cookie's value; null when it is missing, over, forged, or sealed under another secret. */
export async function openSessionToken(value: string | undefined): Promise<SessionToken | null> {
  if (value === undefined) return null;
  try {
    return parseSessionToken(await decode({ token: value, secret: settings().authSecret }));
  } catch {
    return null;
  }
}
