import "server-only";
import type { Actor } from "@/lib/access/audit/model";
import type { Member } from "@/lib/access/members/model";

export type ClientInfo = Pick<Actor, "address" | "userAgent">;

/**
 * Reads the client's address and user agent. The server itself sets `x-latchkey-address` and removes one that
 * the client sent (`lib/server/http/client-address.ts`).
 */
export function readClientInfo(headers: Headers): ClientInfo {
  return {
    address: headers.get("x-latchkey-address"),
    userAgent: headers.get("user-agent")?.slice(0, 200) ?? null,
  };
}

/** Returns the member as the audit log records them. */
export function memberActor(member: Member, client: ClientInfo): Actor {
  return { kind: "member", name: member.email, ...client };
}
