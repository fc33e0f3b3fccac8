import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/** A `bytea` column. postgres.js reads and writes it as a Node buffer. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/**
 * An identity primary key. An insert may set it: the id of a row with sealed data is its associated data and
 * must be known before the insert.
 */
export const id = () => bigint({ mode: "number" }).primaryKey().generatedByDefaultAsIdentity();

export const timestamptz = () => timestamp({ withTimezone: true });

export const createdAt = () => timestamptz().notNull().defaultNow();
