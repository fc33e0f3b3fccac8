import { z } from "zod";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { parseBaseUrl } from "./base-url";

const maxRetries = 10;

/** Clients send a header they have no value for as an empty one: it counts as not sent (contract, trap 11). */
function unlessEmpty<Schema extends z.ZodType>(schema: Schema) {
  return z.union([z.literal("").transform(() => undefined), schema]).optional();
}

const flag = z.enum(["true", "false"], "Must be true or false").transform((text) => text === "true");

const retries = z
  .string()
  .regex(/^\d{1,3}$/, "Must be a whole number")
  .transform((text) => Math.min(Number(text), maxRetries));

const statuses = z
  .string()
  .regex(/^\s*[1-5]\d\d(\s*,\s*[1-5]\d\d)*\s*$/, "Must be statuses with commas between, like 409,423")
  .transform((text) => text.split(",").map(Number));

const baseUrl = z.string().transform((text, context) => {
  const url = parseBaseUrl(text);
  if (url !== null) return url;
  context.addIssue("Must be an http or https address without user, query and fragment");
  return z.NEVER;
});

/** The headers that say how a request is proxied (contract, section 2, 19). */
export const proxyHeadersSchema = z.object({
  "connection-id": connectionIdSchema,
  "provider-config-key": uniqueKeySchema,
  retries: unlessEmpty(
    retries.describe(
      `Further attempts after 429, 5xx or a broken connection: 0 unless given, ${maxRetries} at most`,
    ),
  ),
  "retry-on": unlessEmpty(statuses.describe("More statuses worth another attempt, as in 409,423")),
  "base-url-override": unlessEmpty(
    baseUrl.describe("Where the API is, instead of the provider's own address"),
  ),
  decompress: unlessEmpty(flag.describe("Decode a gzip, deflate or br body before it is answered")),
  "forward-headers-on-redirect": unlessEmpty(
    flag.describe(
      "Send headers to where a redirect leads: true unless given; credentials stay with their host",
    ),
  ),
  "nango-activity-log-id": z.string().max(255).optional(),
});

export type ProxyHeaders = z.output<typeof proxyHeadersSchema>;
