import type { Metadata } from "next";
import { PageTitle } from "@/components/shell/page-title";
import { Notice } from "@/components/ui/notice";
import { AddVariable } from "@/components/variables/add-variable";
import { VariablesTable } from "@/components/variables/variables-table";
import { viewOnlyReason } from "@/lib/access/members/roles";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { listVariables } from "@/lib/functions/variables/store";
import { database } from "@/lib/infrastructure/db/client";

export const metadata: Metadata = { title: "Variables" };

export default async function VariablesPage({
  params,
}: {
  readonly params: Promise<{ environment: string }>;
}) {
  const { member, environment } = await requireEnvironment((await params).environment);
  const viewOnly = viewOnlyReason(member.role, environment);
  const variables = await listVariables(database(), environment.id);
  return (
    <>
      <PageTitle
        title="Variables"
        lead={
          <>
            Names and values that <code className="font-mono text-sm">GET /environment-variables</code>{" "}
            returns to keys that can read the config of {environment.name}.
          </>
        }
        action={viewOnly === null && <AddVariable environment={environment.name} />}
      />
      {viewOnly !== null && <Notice>{viewOnly}</Notice>}
      {variables.length === 0 ? (
        <p className="rounded-card border bg-panel px-6 py-14 text-center text-ink-2 shadow-soft">
          No variables yet.
        </p>
      ) : (
        <VariablesTable environment={environment.name} variables={variables} canManage={viewOnly === null} />
      )}
    </>
  );
}
