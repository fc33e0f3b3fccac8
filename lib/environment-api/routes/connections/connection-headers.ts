import { z } from "zod";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";

/** An empty header, which counts as absent (docs/environment-api.md, section 5, trap 11). */
export const emptyHeader = z.literal("").transform(() => undefined);

/** The headers that select a connection. Other headers are ignored. */
export const connectionHeaders = z.object({
  "connection-id": connectionIdSchema,
  "provider-config-key": uniqueKeySchema,
});

/** The same headers, optional, for routes whose body may select the connection instead. */
export const optionalConnectionHeaders = z.object({
  "connection-id": z.union([emptyHeader, connectionIdSchema]).optional(),
  "provider-config-key": z.union([emptyHeader, uniqueKeySchema]).optional(),
});
