import { and, asc, eq, ne } from "drizzle-orm";
import { auditEvents } from "@/drizzle/schema/audit";
import { testActor } from "@/e2e/fixtures/actor";
import type { Environment } from "@/lib/access/environments/model";
import type { Database } from "@/lib/infrastructure/db/client";

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
