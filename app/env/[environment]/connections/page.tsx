import type { Metadata } from "next";
import { Suspense } from "react";
import { ConnectionFilter } from "@/components/connections/connection-filter";
import { ConnectionPagination } from "@/components/connections/connection-pagination";
import { ConnectionsTable } from "@/components/connections/connections-table";
import { NoConnections } from "@/components/connections/no-connections";
import { KeyAccessSummary } from "@/components/key-access/key-access-summary";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { PageTitle } from "@/components/shell/page-title";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { readKeyAccess } from "@/lib/environment-api/catalog/key-access";
import { database } from "@/lib/infrastructure/db/client";
import { connectionListQuerySchema } from "@/lib/upstream/connections/view";
import { countConnectionViews, listConnectionViews } from "@/lib/upstream/connections/view-store";
import { listIntegrationNames } from "@/lib/upstream/integrations/view-store";

const pageSize = 50;

type Props = {
  readonly params: Promise<{ environment: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Connections · ${(await params).environment}` };
}

export default function ConnectionsPage(props: Props) {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Connections {...props} />
    </Suspense>
  );
}

async function Connections({ params, searchParams }: Props) {
  const { environment } = await requireEnvironment((await params).environment);
  const view = connectionListQuerySchema.parse(await searchParams);
  const [page, total, integrations, keyAccess] = await Promise.all([
    listConnectionViews(database(), environment.id, view, pageSize),
    countConnectionViews(database(), environment.id, view),
    listIntegrationNames(database(), environment.id),
    readKeyAccess(database(), environment.id, "connections"),
  ]);
  const path = `/env/${environment.name}/connections`;
  const isFiltered = Object.values(view).some((value) => value !== undefined);
  const isEmpty = page.connections.length === 0;
  return (
    <>
      <Breadcrumb names={[environment.name, "Connections"]} />
      <PageTitle title="Connections" lead="Accounts your end users connected." />
      <KeyAccessSummary environment={environment.name} pronoun="these" {...keyAccess} />
      {(!isEmpty || isFiltered) && <ConnectionFilter path={path} view={view} integrations={integrations} />}
      {isEmpty ? (
        <NoConnections environment={environment.name} path={path} isFiltered={isFiltered} />
      ) : (
        <>
          <ConnectionsTable
            environment={environment.name}
            connections={page.connections}
            integrations={integrations}
          />
          <ConnectionPagination
            path={path}
            view={view}
            nextBefore={page.hasMore ? (page.connections.at(-1)?.id ?? null) : null}
            total={total}
          />
        </>
      )}
    </>
  );
}
