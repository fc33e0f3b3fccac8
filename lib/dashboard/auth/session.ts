import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Member } from "@/lib/access/members/model";
import { findSessionMember } from "@/lib/access/members/store";
import { database } from "@/lib/infrastructure/db/client";
import { signInPath } from "./return-path";
import { openSessionToken, sessionCookie } from "./session-token";

/**
 * Returns the signed-in member, read from the database once per request: a removal or a changed role takes
 * effect at the next request. Null without a valid session.
 */
export const currentMember = cache(async (): Promise<Member | null> => {
  const token = await openSessionToken((await cookies()).get(sessionCookie().name)?.value);
  return token === null ? null : findSessionMember(database(), token.memberId, token.sessionEpoch);
});

/**
 * Returns the signed-in member of a page, or redirects to sign-in and back. The server sets
 * `x-latchkey-path`.
 */
export async function requireMember(): Promise<Member> {
  const member = await currentMember();
  if (member !== null) return member;
  redirect(signInPath((await headers()).get("x-latchkey-path")));
}
