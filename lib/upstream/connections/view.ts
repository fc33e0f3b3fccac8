import { z } from "zod";
import { isStorableText } from "@/lib/infrastructure/storable-text";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import type { EndUser } from "./end-user";
import type { ConnectionFilter, JsonObject } from "./model";

/** A connection as the dashboard lists it. It has no field that could hold a credential; all times are ISO 8601. */
export type ConnectionView = {
  readonly id: number;
  readonly connectionId: string;
  readonly integration: string;
  readonly provider: string;
  readonly endUser: EndUser | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly lastFetchedAt: string | null;
  /** How the last refresh of its access token failed; null when it did not. */
  readonly failure: { readonly at: string; readonly message: string; readonly failures: number } | null;
};

/** The same with what its own page says. */
export type ConnectionDetail = ConnectionView & {
  readonly updatedAt: string;
  readonly metadata: JsonObject | null;
  readonly connectionConfig: JsonObject;
};

const text = z.string().trim().min(1).max(255).refine(isStorableText).optional().catch(undefined);

/** How the list is looked at, as its address says it. What makes no sense is as if it were not there. */
export const connectionListQuerySchema = z.object({
  /** Part of the connection's id, or of its end user's name or e-mail. */
  q: text,
  integration: uniqueKeySchema.optional().catch(undefined),
  /** `name=value` of one tag. */
  tag: text.refine((tag) => tag === undefined || /^[^=]+=./.test(tag)).catch(undefined),
  state: z.enum(["failing"]).optional().catch(undefined),
  /** Only connections older than the one of this id: the next page. */
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
});

export type ConnectionListQuery = Readonly<z.infer<typeof connectionListQuerySchema>>;

/** What the address asks for, in the words of the store. */
export function toConnectionFilter({ q, integration, tag }: ConnectionListQuery): ConnectionFilter {
  const [name = "", ...value] = tag?.split("=") ?? [];
  return {
    search: q,
    integrationKeys: integration === undefined ? undefined : [integration],
    tags: tag === undefined ? undefined : { [name.toLowerCase()]: value.join("=") },
  };
}
