import { bigint, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns";
import { connections } from "./connections";
import { environments } from "./environments";
import { functions } from "./functions";

/** One asynchronous run of an action: what `GET /action/{id}` reads. */
export const actionRuns = pgTable("action_runs", {
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
  /** The error body the contract gives for a failed action, with its status. */
  failure: jsonb().$type<{ status: number; body: Record<string, unknown> }>(),
  attempts: integer().notNull().default(0),
  maxRetries: integer().notNull().default(0),
  createdAt: createdAt(),
  finishedAt: instant(),
});
