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
  const withPeople = hasPermission(member.role, "administer", environment);
  const page = await listAuditEvents(database(), environment.id, { withPeople, filter, size: pageSize });
  const path = `/env/${environment.name}/settings/activity`;
  const { before, ...narrowing } = filter;
  const last = page.events.at(-1);
  return (
    <>
      <PageTitle
        title="Activity"
        lead={
          withPeople
            ? `What people and the command line did in ${environment.name}, and who came in. Nothing here can be changed or deleted.`
            : `What people and the command line did in ${environment.name}. Nothing here can be changed or deleted.`
        }
      />
      <ActivityFilter path={path} filter={narrowing} withPeople={withPeople} />
      {page.events.length === 0 ? (
        <p className="rounded-card border bg-panel px-6 py-14 text-center text-ink-2 shadow-soft">
          {Object.values(filter).some((value) => value !== undefined)
            ? "Nothing matches this filter."
            : "Nothing has happened here yet."}
        </p>
      ) : (
        <ActivityList events={page.events} />
      )}
      <nav aria-label="Pages of the activity" className="flex justify-between gap-3">
        {before === undefined ? (
          <span />
        ) : (
          <Button asChild>
            <Link href={{ pathname: path, query: narrowing }}>Newest</Link>
          </Button>
        )}
        {page.hasMore && last !== undefined && (
          <Button asChild>
            <Link href={{ pathname: path, query: { ...narrowing, before: last.id } }}>Older</Link>
          </Button>
        )}
      </nav>
    </>
  );
}
