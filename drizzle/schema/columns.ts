import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/** Raw bytes. postgres.js reads and writes `bytea` as Node buffers. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Sealed rows need their id before they are written (it is associated data), so an insert may name its own. */
export const id = () => bigint({ mode: "number" }).primaryKey().generatedByDefaultAsIdentity();

export const timestamptz = () => timestamp({ withTimezone: true });

export const createdAt = () => timestamptz().notNull().defaultNow();
