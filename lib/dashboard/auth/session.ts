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
 * Who is asking, as the database knows them now: a removed person is nobody at the next request, and a changed role
 * counts from it. Read once per request.
 */
export const currentMember = cache(async (): Promise<Member | null> => {
  const token = await openSessionToken((await cookies()).get(sessionCookie().name)?.value);
  return token === null ? null : findSessionMember(database(), token.memberId, token.sessionEpoch);
});

/** For pages: who is asking, or off to sign in and back here. The server in front tells the path. */
export async function requireMember(): Promise<Member> {
  const member = await currentMember();
  if (member !== null) return member;
  redirect(signInPath((await headers()).get("x-latchkey-path")));
}
