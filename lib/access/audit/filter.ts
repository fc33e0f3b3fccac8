import { z } from "zod";
import { auditActions } from "./model";

const text = z.string().trim().min(1).max(300).optional().catch(undefined);

/** What Activity is narrowed to, as its address says it. What makes no sense is as if it were not there. */
export const auditFilterSchema = z.object({
  action: z.enum(auditActions).optional().catch(undefined),
  /** Part of the acting person's e-mail, or of the command line's user. */
  person: text,
  /** Part of the name of what was acted on. */
  name: text,
  /** Only entries before the one of this id: the next page. */
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
});

export type AuditFilter = Readonly<z.infer<typeof auditFilterSchema>>;
