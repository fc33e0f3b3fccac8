import { sql } from "drizzle-orm";
import { check, pgTable, smallint } from "drizzle-orm/pg-core";
import { bytea, createdAt } from "./columns";

/**
 * A table with a single row, which the seed writes (`lib/server/installation/seed.ts`). If the row exists,
 * the seed has run. `masterKeyCheck` is a known text, sealed: it can be unsealed only with the right master
 * key.
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
