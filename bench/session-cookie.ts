import { makeTestMember } from "@/e2e/fixtures/members";
import { cookieHeader, writeSession } from "@/e2e/fixtures/session";
import type { Site } from "@/e2e/fixtures/site";
import type { MemberRole } from "@/lib/access/members/model";

/** Creates a member of a site and a session of that member. Returns the value of the Cookie header. */
export async function createSessionCookie(site: Site, role: MemberRole = "admin"): Promise<string> {
  const issuer = { baseURL: "http://127.0.0.1", authSecret: site.authSecret };
  return cookieHeader(await writeSession(issuer, await makeTestMember(site.db, role)));
}
