import { z } from "zod";
import { cursorSchema } from "@/lib/functions/records/cursor";
import { modelSchema, recordActions } from "@/lib/functions/records/model";
import { variantSchema } from "@/lib/functions/syncs/sync-name";
import { headText } from "@/lib/infrastructure/bounded-schema";

/**
 * A time within the last 12 months or in the future. At most 40 characters, so that PostgreSQL can parse it.
 */
const recentTime = z.iso
  .datetime()
  .max(40)
  .refine((time) => {
    const yearAgo = new Date();
    yearAgo.setUTCFullYear(yearAgo.getUTCFullYear() - 1);
    return Date.parse(time) >= yearAgo.getTime();
  }, "Must be within the last 12 months");

const actions = headText
  .transform((list) => list.toUpperCase().split(","))
  .pipe(z.array(z.enum(recordActions)));

const externalId = z.string().min(1).max(256);

export const maxRecords = 10_000;

/** The fields that select a set of records of a connection. */
export const modelFields = { model: modelSchema, variant: variantSchema.optional() };

/**
 * The query of `GET /records` (docs/environment-api.md, "16. records:read"). `delta` is the old name of
 * `modified_after`.
 */
export const recordsQuery = z.strictObject({
  ...modelFields,
  modified_after: recentTime.optional(),
  delta: recentTime.optional(),
  limit: z
    .string()
    .regex(/^\d{1,5}$/, "Must be a whole number")
    .max(5)
    .transform(Number)
    .pipe(z.int().min(1).max(maxRecords))
    .default(100),
  filter: actions.optional(),
  cursor: cursorSchema.optional(),
  ids: z.union([externalId.transform((id) => [id]), z.array(externalId).max(100)]).optional(),
});
