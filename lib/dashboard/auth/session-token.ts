import "server-only";
import { decode } from "next-auth/jwt";
import { z } from "zod";
import { settings } from "@/lib/infrastructure/settings/settings";

/** Seconds until a session expires. */
export const sessionMaxAgeSeconds = 7 * 24 * 3600;

/**
 * The content of a session token. The epoch is that of the member's password: a new password ends all
 * sessions. The other data of the member is read from the database at each request.
 */
const tokenSchema = z.object({ memberId: z.int().positive(), sessionEpoch: z.int().nonnegative() });

export type SessionToken = Readonly<z.infer<typeof tokenSchema>>;

/**
 * Returns the name of the session cookie and whether it has the attribute `Secure`. Over https the name has
 * the prefix `__Secure-`, which browsers accept only from https.
 */
export function sessionCookie(): { readonly name: string; readonly secure: boolean } {
  const secure = settings().publicUrl?.startsWith("https://") ?? false;
  return { name: `${secure ? "__Secure-" : ""}latchkey.session`, secure };
}

export function parseSessionToken(payload: unknown): SessionToken | null {
  const parsed = tokenSchema.safeParse(payload);
  return parsed.success ? parsed.data : null;
}

/**
 * Decrypts the value of a session cookie. Null when it is missing, expired, forged or encrypted with another
 * secret.
 */
export async function decodeSessionToken(value: string | undefined): Promise<SessionToken | null> {
  if (value === undefined) return null;
  try {
    return parseSessionToken(await decode({ token: value, secret: settings().authSecret }));
  } catch {
    return null;
  }
}
