import { sql } from "drizzle-orm";
import { check, pgTable, smallint } from "drizzle-orm/pg-core";
import { bytea, createdAt } from "./columns";

/**
 * A single row, written by the seed (`lib/server/installation/seed.ts`). Its existence means that the seed
 * has run; `masterKeyCheck` detects a wrong master key.
 */
export const installation = pgTable(
  "installation",
  {
    id: smallint().primaryKey().default(1),
    masterKeyCheck: bytea().notNull(),
    createdAt: createdAt(),
  },
  (t) => [check("installation_is_one_row", sql`${t.id} = 1`)],
);
