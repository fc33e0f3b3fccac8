import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Member } from "@/lib/access/members/model";
import { findSessionMember } from "@/lib/access/members/store";
import { database } from "@/lib/infrastructure/db/client";
import { signInPath } from "./return-path";
import { decodeSessionToken, sessionCookie } from "./session-token";

/**
 * Returns the signed-in member, or null without a valid session. Queries the database once per request, so
 * that a removal or a changed role takes effect at the next request.
 */
export const currentMember = cache(async (): Promise<Member | null> => {
  const token = await decodeSessionToken((await cookies()).get(sessionCookie().name)?.value);
  return token === null ? null : findSessionMember(database(), token.memberId, token.sessionEpoch);
});

/**
 * Returns the signed-in member. Without a session, redirects to the sign-in page, which leads back to the
 * requested page. The server sets `x-latchkey-path` (`lib/server/http/client-address.ts`).
 */
export async function requireMember(): Promise<Member> {
  const member = await currentMember();
  if (member !== null) return member;
  redirect(signInPath((await headers()).get("x-latchkey-path")));
}
