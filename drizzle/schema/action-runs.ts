import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { ActionRunError } from "@/lib/functions/action-runs/model";
import { createdAt, timestamptz } from "./columns";
import { connections } from "./connections";
import { environments } from "./environments";
import { functions } from "./functions";

/** One asynchronous run of an action, as `GET /action/{id}` returns it. */
export const actionRuns = pgTable(
  "action_runs",
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
    status: text().$type<"waiting" | "running" | "succeeded" | "failed">().notNull(),
    input: jsonb(),
    output: jsonb(),
    failure: jsonb().$type<ActionRunError>(),
    attempts: integer().notNull().default(0),
    maxRetries: integer().notNull().default(0),
    createdAt: createdAt(),
    /** Until this time no process takes the run: one is already running it, or it waits before a retry. */
    heldUntil: timestamptz(),
    finishedAt: timestamptz(),
  },
  (t) => [index("action_runs_open").on(t.createdAt).where(sql`${t.finishedAt} is null`)],
);
