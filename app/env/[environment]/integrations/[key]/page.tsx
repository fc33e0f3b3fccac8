import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeployedFunctions } from "@/components/integrations/deployed-functions";
import { IntegrationDetails } from "@/components/integrations/integration-details";
import { OverrideOrigins } from "@/components/integrations/override-origins";
import { ProviderLogo } from "@/components/integrations/provider-logo";
import { RevealClient } from "@/components/integrations/reveal-client";
import { KeyAccessSummary } from "@/components/key-access/key-access-summary";
import { CredentialSection } from "@/components/secret/credential-section";
import { BackLink } from "@/components/shell/back-link";
import { Section } from "@/components/shell/section";
import { hasPermission, viewOnlyReason } from "@/lib/access/members/roles";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { readKeyAccess } from "@/lib/environment-api/catalog/key-access";
import { listFunctionViews } from "@/lib/functions/definitions/view-store";
import { database } from "@/lib/infrastructure/db/client";
import { parseIntegrationKeyFromPath } from "@/lib/upstream/integrations/integration-key-from-path";
import { findIntegrationView } from "@/lib/upstream/integrations/view-store";
import { describeIntegration } from "@/lib/upstream/providers/describe-integration";

type Props = { readonly params: Promise<{ environment: string; key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${parseIntegrationKeyFromPath((await params).key) ?? "Not found"} · Integrations` };
}

export default async function IntegrationPage({ params }: Props) {
  const { member, environment } = await requireEnvironment((await params).environment);
  const key = parseIntegrationKeyFromPath((await params).key);
  const integration = key === null ? null : await findIntegrationView(database(), environment.id, key);
  if (integration === null) notFound();
  const [functions, keyAccess] = await Promise.all([
    listFunctionViews(database(), environment.id, integration.id),
    readKeyAccess(database(), environment.id, "integrations"),
  ]);
  const { name, logo, provider } = describeIntegration(integration);
  return (
    <>
      <div className="grid gap-3">
        <BackLink href={`/env/${environment.name}/integrations`}>Integrations</BackLink>
        <div className="flex min-w-0 items-center gap-3">
          <ProviderLogo src={logo} className="size-10" />
          <h1 className="min-w-0 break-words font-semibold text-title tracking-tight">{name}</h1>
        </div>
      </div>
      <IntegrationDetails environment={environment.name} integration={integration} provider={provider} />
      <KeyAccessSummary environment={environment.name} pronoun="this" {...keyAccess} />
      {integration.hasClient || integration.customNames.length > 0 ? (
        <CredentialSection
          title="Client credentials"
          lead="The OAuth client this integration uses with the provider. Showing it is recorded in Activity."
          viewOnly={viewOnlyReason(member.role, environment)}
        >
          <RevealClient environment={environment.name} id={integration.id} />
        </CredentialSection>
      ) : (
        <Section title="Client credentials" lead="The OAuth client this integration uses with the provider.">
          <p className="text-ink-2">None. Each connection has its own credentials.</p>
        </Section>
      )}
      <OverrideOrigins
        environment={environment.name}
        id={integration.id}
        origins={integration.overrideOrigins}
        canChange={hasPermission(member.role, "administer", environment)}
      />
      {functions.length > 0 && <DeployedFunctions functions={functions} />}
    </>
  );
}
