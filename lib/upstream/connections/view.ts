import { z } from "zod";
import { isStorableText } from "@/lib/infrastructure/storable-text";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import type { EndUser } from "./end-user";
import type { ConnectionFilter, JsonObject } from "./model";

/** A connection as the dashboard lists it. No field can contain a credential. Times are ISO 8601. */
export type ConnectionView = {
  /** Row id. */
  readonly id: number;
  /** Public id. */
  readonly connectionId: string;
  /** The integration's unique key. */
  readonly integration: string;
  readonly provider: string;
  readonly endUser: EndUser | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly lastFetchedAt: string | null;
  /** Error of the last refresh of its access token; null when there is none. */
  readonly failure: { readonly at: string; readonly message: string; readonly failures: number } | null;
};

/** A connection as its own page shows it. */
export type ConnectionDetail = ConnectionView & {
  readonly updatedAt: string;
  readonly metadata: JsonObject | null;
  readonly connectionConfig: JsonObject;
};

const text = z.string().trim().min(1).max(255).refine(isStorableText).optional().catch(undefined);

/** Schema of the query parameters of the connections page. Invalid parameters become undefined. */
export const connectionListQuerySchema = z.object({
  /** Part of the connection's id, or of its end user's name or e-mail. */
  q: text,
  integration: uniqueKeySchema.optional().catch(undefined),
  /** `name=value` of one tag. */
  tag: text.refine((tag) => tag === undefined || /^[^=]+=./.test(tag)).catch(undefined),
  state: z.enum(["failing"]).optional().catch(undefined),
  /** Row id of the last connection on the previous page. */
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
});

export type ConnectionListQuery = Readonly<z.infer<typeof connectionListQuerySchema>>;

/** Converts the query parameters to a filter. `state` and `before` are not part of the filter. */
export function toConnectionFilter({ q, integration, tag }: ConnectionListQuery): ConnectionFilter {
  const [name = "", ...value] = tag?.split("=") ?? [];
  return {
    search: q,
    integrationKeys: integration === undefined ? undefined : [integration],
    tags: tag === undefined ? undefined : { [name.toLowerCase()]: value.join("=") },
  };
}
