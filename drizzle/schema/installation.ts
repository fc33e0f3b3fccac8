import { sql } from "drizzle-orm";
import { check, pgTable, smallint } from "drizzle-orm/pg-core";
import { bytea, createdAt } from "./columns";

/** One row, written with the seed: that it exists says the seed has run; what it holds tells a wrong master key. */
export const installation = pgTable(
  "installation",
  {
    id: smallint().primaryKey().default(1),
    masterKeyCheck: bytea().notNull(),
    createdAt: createdAt(),
  },
  (t) => [check("installation_is_one_row", sql`${t.id} = 1`)],
);
