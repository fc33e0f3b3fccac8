import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { ActionRunError } from "@/lib/functions/action-runs/model";
import { createdAt, timestamptz } from "./columns";
import { connections } from "./connections";
import { environments } from "./environments";
import { functions } from "./functions";

/** One asynchronous run of an action: what `GET /action/{id}` reads. */
export const actionRuns = pgTable(
  "action_runs",
  {
    id: uuid().primaryKey().defaultRandom(),
    environmentId: bigint({ mode: "number" })
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    connectionId: bigint({ mode: "number" })
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
    /** Nobody takes the run before: the pause before a retry, or the time its present taker has. */
    heldUntil: timestamptz(),
    finishedAt: timestamptz(),
  },
  (t) => [index("action_runs_open").on(t.createdAt).where(sql`${t.finishedAt} is null`)],
);
