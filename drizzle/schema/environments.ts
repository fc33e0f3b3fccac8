import { sql } from "drizzle-orm";
import { boolean, check, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns";

export const environments = pgTable(
  "environments",
  {
    id: id(),
    name: text().notNull().unique(),
    isProduction: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [check("environments_name_is_a_slug", sql`${t.name} ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'`)],
);
