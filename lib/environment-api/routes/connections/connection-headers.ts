import { z } from "zod";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";

/** The headers that name a connection. Others are not looked at. */
export const connectionHeaders = z.object({
  "connection-id": connectionIdSchema,
  "provider-config-key": uniqueKeySchema,
});

/** An empty header counts as none (contract, trap 11). */
const unset = z.literal("").transform(() => undefined);

/** The same where a body may name the connection instead. */
export const optionalConnectionHeaders = z.object({
  "connection-id": z.union([unset, connectionIdSchema]).optional(),
  "provider-config-key": z.union([unset, uniqueKeySchema]).optional(),
});
