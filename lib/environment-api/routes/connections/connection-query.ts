import { z } from "zod";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";

const text = z.string().min(1).max(255);

/** A whole number in a query string, without sign, point or exponent. */
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "Must be a whole number")
    .transform(Number)
    .pipe(z.int().min(least).max(most));

const integrationKeys = z
  .string()
  .transform((list) => list.split(","))
  .pipe(z.array(uniqueKeySchema));

const tags = z
  .record(z.string().min(1).max(64), text)
  .transform((given) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])),
  );

/** Connections in one answer when no limit is given (contract, section 2, 6-7). */
const defaultLimit = 10_000;

/** The query of `GET /connections`. Its bounds keep `page * limit` inside PostgreSQL's bigint. */
export const connectionListQuery = z.strictObject({
  connectionId: text.optional(),
  search: text.optional(),
  endUserId: text.optional(),
  endUserOrganizationId: text.optional(),
  integrationId: integrationKeys.optional(),
  tags: tags.optional(),
  limit: whole(1, 2000).default(defaultLimit),
  page: whole(0, 1_000_000_000).default(0),
});

/** The query of every route about one connection. */
export const providerConfigKeyField = { provider_config_key: uniqueKeySchema };

const flag = z.stringbool("Must be true or false").default(false);

/** The query of `GET /connections/{connectionId}`. */
export const connectionQuery = z.strictObject({
  ...providerConfigKeyField,
  force_refresh: flag,
  refresh_token: flag,
  refresh_github_app_jwt_token: flag,
});
