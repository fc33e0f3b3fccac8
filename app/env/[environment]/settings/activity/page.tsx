import type { Metadata } from "next";
import Link from "next/link";
import { ActivityFilter } from "@/components/activity/activity-filter";
import { ActivityList } from "@/components/activity/activity-list";
import { PageTitle } from "@/components/shell/page-title";
import { Button } from "@/components/ui/button";
import { auditFilterSchema } from "@/lib/access/audit/filter";
import { listAuditEvents } from "@/lib/access/audit/read-store";
import { hasPermission } from "@/lib/access/members/roles";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { database } from "@/lib/infrastructure/db/client";

export const metadata: Metadata = { title: "Activity" };

const pageSize = 50;

type Props = {
  readonly params: Promise<{ environment: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ActivityPage({ params, searchParams }: Props) {
  const { member, environment } = await requireEnvironment((await params).environment);
  const filter = auditFilterSchema.parse(await searchParams);
  const includeWorkspaceEvents = hasPermission(member.role, "administer", environment);
  const page = await listAuditEvents(database(), environment.id, {
    includeWorkspaceEvents,
    filter,
    size: pageSize,
  });
  const path = `/env/${environment.name}/settings/activity`;
  const { before, ...filterWithoutPage } = filter;
  const last = page.events.at(-1);
  return (
    <>
      <PageTitle
        title="Activity"
        lead={
          includeWorkspaceEvents
            ? `Changes and sign-ins in ${environment.name}, including the command line. Entries cannot be changed or deleted.`
            : `Changes in ${environment.name}, including the command line. Entries cannot be changed or deleted.`
        }
      />
      <ActivityFilter path={path} filter={filterWithoutPage} withWorkspaceEvents={includeWorkspaceEvents} />
      {page.events.length === 0 ? (
        <p className="rounded-card border bg-panel px-6 py-14 text-center text-ink-2 shadow-soft">
          {Object.values(filter).some((value) => value !== undefined)
            ? "No activity matches this filter."
            : "No activity yet."}
        </p>
      ) : (
        <ActivityList events={page.events} />
      )}
      <nav aria-label="Activity pages" className="flex justify-between gap-3">
        {before === undefined ? (
          <span />
        ) : (
          <Button asChild>
            <Link href={{ pathname: path, query: filterWithoutPage }}>Newest</Link>
          </Button>
        )}
        {page.hasMore && last !== undefined && (
          <Button asChild>
            <Link href={{ pathname: path, query: { ...filterWithoutPage, before: last.id } }}>Older</Link>
          </Button>
        )}
      </nav>
    </>
  );
}
