import { z } from "zod";
import { boundedRecord, headText } from "@/lib/infrastructure/bounded-schema";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";

const text = z.string().min(1).max(255);

/** A whole number in a query string, without sign, decimal point or exponent. */
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "Must be a whole number")
    .max(15)
    .transform(Number)
    .pipe(z.int().min(min).max(max));

const integrationKeys = headText.transform((list) => list.split(",")).pipe(z.array(uniqueKeySchema));

const tags = boundedRecord(z.string().min(1).max(64), text, 100).transform((tags) =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value])),
);

/**
 * The limit when the query has none. It is larger than the limit that a query may set
 * (docs/environment-api.md, "6-7. connections:list").
 */
const defaultLimit = 10_000;

/**
 * The query of `GET /connections`. The maximum page and limit keep `page * limit` within PostgreSQL's
 * `bigint`.
 */
export const connectionListQuery = z.strictObject({
  connectionId: text.optional(),
  search: text.optional(),
  endUserId: text.optional(),
  endUserOrganizationId: text.optional(),
  integrationId: integrationKeys.optional(),
  tags: tags.optional(),
  limit: wholeNumber(1, 2000).default(defaultLimit),
  page: wholeNumber(0, 1_000_000_000).default(0),
});

/** The query field of every route for a single connection. */
export const providerConfigKeyField = { provider_config_key: uniqueKeySchema };

const flag = headText.pipe(z.stringbool("Must be true or false")).default(false);

/** The query of `GET /connections/{connectionId}`. */
export const connectionQuery = z.strictObject({
  ...providerConfigKeyField,
  force_refresh: flag,
  refresh_token: flag,
  refresh_github_app_jwt_token: flag,
});
