import "server-only";
import { decode } from "next-auth/jwt";
import { z } from "zod";
import { settings } from "@/lib/infrastructure/settings/settings";

/** Seconds until a session expires. */
export const sessionMaxAgeSeconds = 7 * 24 * 3600;

/** The content of a session token: member and password epoch. All else is read at each request. */
const tokenSchema = z.object({ memberId: z.int().positive(), sessionEpoch: z.int().nonnegative() });

export type SessionToken = Readonly<z.infer<typeof tokenSchema>>;

/** Returns the session cookie's name, with the prefix `__Secure-` over https, and whether it is `Secure`. */
export function sessionCookie(): { readonly name: string; readonly secure: boolean } {
  const secure = settings().publicUrl?.startsWith("https://") ?? false;
  return { name: `${secure ? "__Secure-" : ""}latchkey.session`, secure };
}

export function parseSessionToken(payload: unknown): SessionToken | null {
  const parsed = tokenSchema.safeParse(payload);
  return parsed.success ? parsed.data : null;
}

/** Decrypts a session cookie. Null when it is missing, expired, forged, or encrypted with another secret. */
export async function openSessionToken(value: string | undefined): Promise<SessionToken | null> {
  if (value === undefined) return null;
  try {
    return parseSessionToken(await decode({ token: value, secret: settings().authSecret }));
  } catch {
    return null;
  }
}
