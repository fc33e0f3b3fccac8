import { bigint, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, timestamptz } from "./columns";
import { connections } from "./connections";
import { environments } from "./environments";
import { functions } from "./functions";

/** A sync function on one connection, in one variant. */
export const syncs = pgTable(
  "syncs",
  {
    id: uuid().primaryKey().defaultRandom(),
    environmentId: bigint({ mode: "number" })
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    connectionRowId: bigint("connection_id", { mode: "number" })
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    functionId: bigint({ mode: "number" })
      .notNull()
      .references(() => functions.id, { onDelete: "cascade" }),
    variant: text().notNull().default("base"),
    /** Whether the sync runs by its schedule. The `lastRun` columns hold the last result. */
    schedule: text().$type<"started" | "paused">().notNull(),
    /** Replaces the frequency in the function's definition; null keeps that one. */
    frequency: text(),
    checkpoint: jsonb(),
    /** A run that was triggered and has not begun yet. */
    requestedRun: jsonb().$type<{ readonly mode: "incremental" | "full"; readonly emptyCache: boolean }>(),
    lastRunStatus: text().$type<"SUCCESS" | "ERROR">(),
    lastRunResult: jsonb().$type<Record<string, { added: number; updated: number; deleted: number }>>(),
    lastRunFinishedAt: timestamptz(),
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [unique("syncs_unique").on(t.connectionRowId, t.functionId, t.variant)],
);
