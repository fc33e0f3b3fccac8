import { sql } from "drizzle-orm";
import { bigint, integer, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { bytea, createdAt, id, timestamptz } from "./columns";

export const memberRole = pgEnum("member_role", ["admin", "developer", "viewer"]);

export const members = pgTable(
  "members",
  {
    id: id(),
    email: text().notNull(),
    role: memberRole().notNull(),
    /** argon2id hash in PHC string format; null until the member has chosen a password. */
    passwordHash: text(),
    /** Incremented when the password changes. A session with another epoch is invalid. */
    sessionEpoch: integer().notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("members_email_unique").on(sql`lower(${t.email})`)],
);

/** One-time links for choosing a password. `memberId` is null for the first admin's link. */
export const setupLinks = pgTable("setup_links", {
  id: id(),
  memberId: bigint({ mode: "number" }).references(() => members.id, { onDelete: "cascade" }),
  tokenHash: bytea().notNull().unique(),
  createdAt: createdAt(),
  expiresAt: timestamptz().notNull(),
});
