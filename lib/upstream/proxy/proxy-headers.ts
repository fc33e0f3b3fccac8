import { z } from "zod";
import { headText } from "@/lib/infrastructure/bounded-schema";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { parseBaseUrl } from "./base-url";

const maxRetries = 10;

/**
 * Treats an empty header as absent, because clients send empty headers for unset options
 * (docs/environment-api.md, section 5, trap 11).
 */
function unlessEmpty<Schema extends z.ZodType>(schema: Schema) {
  return z.union([z.literal("").transform(() => undefined), schema]).optional();
}

const flag = z.enum(["true", "false"], "Must be true or false").transform((text) => text === "true");

const retries = z
  .string()
  .regex(/^\d{1,3}$/, "Must be a whole number")
  .max(3)
  .transform((text) => Math.min(Number(text), maxRetries));

const statuses = headText
  .regex(
    /^\s*[1-5]\d\d(\s*,\s*[1-5]\d\d)*\s*$/,
    "Must be a comma-separated list of HTTP statuses, such as 409,423",
  )
  .transform((text) => text.split(",").map(Number));

const baseUrl = headText.transform((text, context) => {
  const url = parseBaseUrl(text);
  if (url !== null) return url;
  context.addIssue("Must be an http or https URL without user name, password, query and fragment");
  return z.NEVER;
});

/** Schema of the headers that control how a request is proxied (docs/environment-api.md, "19. proxy"). */
export const proxyHeadersSchema = z.object({
  "connection-id": connectionIdSchema,
  "provider-config-key": uniqueKeySchema,
  retries: unlessEmpty(
    retries.describe(
      `Number of retries after 429, 5xx or a connection error. Default 0, maximum ${maxRetries}`,
    ),
  ),
  "retry-on": unlessEmpty(statuses.describe("Additional statuses to retry, such as 409,423")),
  "base-url-override": unlessEmpty(baseUrl.describe("Base URL of the API, instead of the provider's")),
  decompress: unlessEmpty(flag.describe("Decode a gzip, deflate or br response body")),
  "forward-headers-on-redirect": unlessEmpty(
    flag.describe(
      "Send the headers to redirect targets too. Default true. Credentials are never sent to another origin",
    ),
  ),
  "nango-activity-log-id": z.string().max(255).optional(),
});

export type ProxyHeaders = z.output<typeof proxyHeadersSchema>;
