import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/** A `bytea` column. postgres.js reads and writes it as a `Buffer`. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/**
 * An identity primary key. An insert may set it, because data is sealed for the id of its row and the id must
 * therefore be known before the insert (`nextId`).
 */
export const id = () => bigint({ mode: "number" }).primaryKey().generatedByDefaultAsIdentity();

export const timestamptz = () => timestamp({ withTimezone: true });

export const createdAt = () => timestamptz().notNull().defaultNow();
