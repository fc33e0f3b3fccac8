import type { Metadata } from "next";
import { CreateEnvironment } from "@/components/general/create-environment";
import { DeleteEnvironment } from "@/components/general/delete-environment";
import { EnvironmentDetails } from "@/components/general/environment-details";
import { EnvironmentForm } from "@/components/general/environment-form";
import { PageTitle } from "@/components/shell/page-title";
import { Section } from "@/components/shell/section";
import { Notice } from "@/components/ui/notice";
import { countApiKeys } from "@/lib/access/api-keys/store";
import { countEnvironments } from "@/lib/access/environments/store";
import { hasPermission } from "@/lib/access/members/roles";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { database } from "@/lib/infrastructure/db/client";

export const metadata: Metadata = { title: "General" };

export default async function GeneralPage({ params }: { readonly params: Promise<{ environment: string }> }) {
  const { member, environment } = await requireEnvironment((await params).environment);
  const canAdminister = hasPermission(member.role, "administer", environment);
  const [keys, environments] = await Promise.all([
    countApiKeys(database(), environment.id),
    countEnvironments(database()),
  ]);
  const consequences = `Its ${keys === 1 ? "API key stops" : `${keys} API keys stop`} working within a second. Its integrations, connections and variables are deleted with it. This cannot be undone.`;
  return (
    <>
      <PageTitle
        title="General"
        lead={`Name and protection of the ${environment.name} environment.`}
        action={canAdminister && <CreateEnvironment />}
      />
      {!canAdminister && <Notice>Only admins can change environments. You are a {member.role}.</Notice>}
      <Section
        title="Environment"
        lead="In a production environment only admins can change or reveal keys and variables."
      >
        {canAdminister ? (
          <EnvironmentForm key={environment.name} environment={environment} />
        ) : (
          <EnvironmentDetails environment={environment} />
        )}
      </Section>
      {canAdminister && (
        <Section title="Delete environment" lead={consequences} tone="danger">
          {environments === 1 ? (
            <p className="text-ink-2">This is the last environment. Create another before you delete it.</p>
          ) : (
            <DeleteEnvironment environment={environment} consequences={consequences} />
          )}
        </Section>
      )}
    </>
  );
}
