import { z } from "zod";

/** Roles, from most to fewest permissions. */
export const memberRoles = ["admin", "developer", "viewer"] as const;

export const memberRoleSchema = z.enum(memberRoles, "Choose admin, developer or viewer");

export type MemberRole = z.infer<typeof memberRoleSchema>;

export type Member = {
  readonly id: number;
  readonly email: string;
  readonly role: MemberRole;
};

/** A member as the Members page lists it. */
export type MemberSummary = Member & {
  /** False until the member has chosen a password with the one-time link. */
  readonly hasPassword: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
};

export const emailSchema = z
  .string()
  .trim()
  .max(254, "At most 254 characters")
  .pipe(z.email("Enter an email address"));

/** Requires length only (NIST SP 800-63B, 3.1.1.2). The upper bound limits the cost of hashing. */
export const passwordSchema = z.string().min(12, "At least 12 characters").max(200, "At most 200 characters");

export const memberIdSchema = z.int().positive();

export const newMemberSchema = z.object({ email: emailSchema, role: memberRoleSchema });

export type MemberError =
  | {
      readonly code: "duplicate_email";
      readonly message: string;
      readonly fields: { readonly email: string };
    }
  | { readonly code: "last_admin"; readonly message: string }
  | { readonly code: "link_invalid"; readonly message: string }
  | { readonly code: "not_found"; readonly message: string };
