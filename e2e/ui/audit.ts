import { and, asc, eq, ne } from "drizzle-orm";
import { auditEvents } from "../../drizzle/schema/audit";
import type { Database } from "../../lib/db/client";
import type { Environment } from "../../lib/environments/model";
import { testActor } from "../fixtures/actor";

/** What people have done in an environment, oldest first, without what the test itself prepared. */
export async function auditOf(
  db: Database,
  environment: Environment,
): Promise<{ readonly action: string; readonly subject: string | null }[]> {
  return db
    .select({ action: auditEvents.action, subject: auditEvents.subjectName })
    .from(auditEvents)
    .where(and(eq(auditEvents.environmentId, environment.id), ne(auditEvents.actorName, testActor.name)))
    .orderBy(asc(auditEvents.id));
}
