import "server-only";
import type { Actor } from "@/lib/access/audit/model";
import type { Member } from "@/lib/access/members/model";

export type ClientInfo = Pick<Actor, "address" | "userAgent">;

/** Where a request comes from. The server in front sets the address itself and drops what a client sends under its name. */
export function readClientInfo(headers: Headers): ClientInfo {
  return {
    address: headers.get("x-latchkey-address"),
    userAgent: headers.get("user-agent")?.slice(0, 200) ?? null,
  };
}

export function memberActor(member: Member, origin: ClientInfo): Actor {
  return { kind: "member", name: member.email, ...origin };
}
