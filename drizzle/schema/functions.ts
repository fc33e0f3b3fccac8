import { sql } from "drizzle-orm";
import { bigint, boolean, jsonb, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import type { FunctionDefinition, FunctionKind, OnEventName } from "@/lib/functions/definitions/model";
import { createdAt, id, timestamptz } from "./columns";
import { environments } from "./environments";
import { integrations } from "./integrations";

/** Deployed syncs, actions and on-event scripts of an integration. */
export const functions = pgTable(
  "functions",
  {
    id: id(),
    environmentId: bigint({ mode: "number" })
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    integrationId: bigint({ mode: "number" })
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    kind: text().$type<FunctionKind>().notNull(),
    name: text().notNull(),
    /** Only set for on-event scripts. */
    event: text().$type<OnEventName>(),
    version: text().notNull(),
    definition: jsonb().$type<FunctionDefinition>().notNull(),
    enabled: boolean().notNull().default(true),
    sdkVersion: text(),
    createdAt: createdAt(),
    deployedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("functions_name_unique").on(t.integrationId, t.kind, t.name, sql`coalesce(${t.event}, '')`),
  ],
);

/** The code of every version that was deployed, so that code that ran in the past can still be read. */
export const functionVersions = pgTable(
  "function_versions",
  {
    id: id(),
    functionId: bigint({ mode: "number" })
      .notNull()
      .references(() => functions.id, { onDelete: "cascade" }),
    version: text().notNull(),
    definition: jsonb().$type<FunctionDefinition>().notNull(),
    js: text().notNull(),
    ts: text().notNull(),
    deployedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [unique("function_versions_unique").on(t.functionId, t.version)],
);
