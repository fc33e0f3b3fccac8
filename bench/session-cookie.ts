import { encode } from "next-auth/jwt";
import { makeTestMember } from "@/e2e/fixtures/members";
import type { Site } from "@/e2e/fixtures/site";
import type { MemberRole } from "@/lib/access/members/model";

/** Creates a member and a session. Returns the value of the Cookie header. */
export async function createSessionCookie(site: Site, role: MemberRole = "admin"): Promise<string> {
  const { id } = await makeTestMember(site.db, role);
  const value = await encode({ token: { memberId: id, sessionEpoch: 0 }, secret: site.authSecret });
  return `latchkey.session=${value}`;
}
