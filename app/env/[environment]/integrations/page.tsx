import { BlocksIcon } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { IntegrationsTable } from "@/components/integrations/integrations-table";
import { KeyAccessSummary } from "@/components/key-access/key-access-summary";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { PageTitle } from "@/components/shell/page-title";
import { StateCard } from "@/components/shell/state-card";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { readKeyAccess } from "@/lib/environment-api/catalog/key-access";
import { database } from "@/lib/infrastructure/db/client";
import { listIntegrationViews } from "@/lib/upstream/integrations/view-store";

type Props = { readonly params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Integrations · ${(await params).environment}` };
}

export default function IntegrationsPage(props: Props) {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Integrations {...props} />
    </Suspense>
  );
}

async function Integrations({ params }: Props) {
  const { environment } = await requireEnvironment((await params).environment);
  const [integrations, keyAccess] = await Promise.all([
    listIntegrationViews(database(), environment.id),
    readKeyAccess(database(), environment.id, "integrations"),
  ]);
  return (
    <>
      <Breadcrumb names={[environment.name, "Integrations"]} />
      <PageTitle
        title="Integrations"
        lead={`External APIs that ${environment.name} can connect to. Created and changed through the API.`}
      />
      <KeyAccessSummary environment={environment.name} pronoun="these" {...keyAccess} />
      {integrations.length === 0 ? (
        <StateCard icon={<BlocksIcon aria-hidden />} title={`No integrations in ${environment.name}`}>
          <p className="max-w-md text-ink-2">
            Create one with <code className="font-mono text-sm">POST /integrations</code> and a key that can
            write integrations.
          </p>
        </StateCard>
      ) : (
        <IntegrationsTable environment={environment.name} integrations={integrations} />
      )}
    </>
  );
}
