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
    /** argon2id in PHC form; null until the person has chosen a password. */
    passwordHash: text(),
    /** Rises when the password changes: sessions that carry an older number are over. */
    sessionEpoch: integer().notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("members_email_unique").on(sql`lower(${t.email})`)],
);

/** One-time links by which a person chooses a password. `memberId` is null on the first admin's. */
export const setupLinks = pgTable("setup_links", {
  id: id(),
  memberId: bigint({ mode: "number" }).references(() => members.id, { onDelete: "cascade" }),
  tokenHash: bytea().notNull().unique(),
  createdAt: createdAt(),
  expiresAt: timestamptz().notNull(),
});
