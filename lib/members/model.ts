/** Roles from most to least (product, "Roles"). */
export const memberRoles = ["admin", "developer", "viewer"] as const;

export type MemberRole = (typeof memberRoles)[number];

export type Member = {
  readonly id: number;
  readonly email: string;
  readonly role: MemberRole;
};
