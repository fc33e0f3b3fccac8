import { z } from "zod";
import { auditActions } from "./model";

const text = z.string().trim().min(1).max(300).optional().catch(undefined);

/** The filter in the query string of the Activity page. Invalid values are ignored. */
export const auditFilterSchema = z.object({
  action: z.enum(auditActions).optional().catch(undefined),
  /** Part of the actor's name: a member's e-mail address or the command line's user. */
  person: text,
  /** Part of the subject's name. */
  name: text,
  /** Selects events with a smaller id, which is how the next page is requested. */
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
});

export type AuditFilter = Readonly<z.infer<typeof auditFilterSchema>>;
