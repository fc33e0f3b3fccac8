import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ConnectionDetails } from "@/components/connections/connection-details";
import { FailureNotice } from "@/components/connections/failure-notice";
import { RevealCredentials } from "@/components/connections/reveal-credentials";
import { ProviderLogo } from "@/components/integrations/provider-logo";
import { KeyAccessSummary } from "@/components/key-access/key-access-summary";
import { CredentialSection } from "@/components/secret/credential-section";
import { BackLink } from "@/components/shell/back-link";
import { JsonSection } from "@/components/shell/json-section";
import { viewOnlyReason } from "@/lib/access/members/roles";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { readKeyAccess } from "@/lib/environment-api/catalog/key-access";
import { database } from "@/lib/infrastructure/db/client";
import { findConnectionView } from "@/lib/upstream/connections/view-store";
import { describeIntegration } from "@/lib/upstream/providers/describe-integration";

export const metadata: Metadata = { title: "Connection" };

const idSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

type Props = { readonly params: Promise<{ environment: string; id: string }> };

export default async function ConnectionPage({ params }: Props) {
  const { member, environment } = await requireEnvironment((await params).environment);
  const id = idSchema.safeParse((await params).id);
  const connection = id.success ? await findConnectionView(database(), environment.id, id.data) : null;
  if (connection === null) notFound();
  const keyAccess = await readKeyAccess(database(), environment.id, "connections");
  const { logo, provider } = describeIntegration({ provider: connection.provider, displayName: null });
  return (
    <>
      <div className="grid gap-3">
        <BackLink href={`/env/${environment.name}/connections`}>Connections</BackLink>
        <div className="flex min-w-0 items-center gap-3">
          <ProviderLogo src={logo} className="size-10" />
          <h1 className="min-w-0 break-all font-semibold text-title tracking-tight">
            {connection.connectionId}
          </h1>
        </div>
      </div>
      <FailureNotice failure={connection.failure} />
      <ConnectionDetails environment={environment.name} connection={connection} provider={provider} />
      <KeyAccessSummary environment={environment.name} pronoun="this" {...keyAccess} />
      <CredentialSection
        title="Credentials"
        lead="The tokens or keys this connection uses for the external API. Showing them is recorded in Activity."
        viewOnly={viewOnlyReason(member.role, environment)}
      >
        <RevealCredentials environment={environment.name} id={connection.id} />
      </CredentialSection>
      <JsonSection id="metadata" title="Metadata" value={connection.metadata} />
      <JsonSection id="connection-config" title="Connection config" value={connection.connectionConfig} />
    </>
  );
}
