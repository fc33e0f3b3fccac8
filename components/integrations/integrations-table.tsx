import Link from "next/link";
import { ExactTime } from "@/components/shell/exact-time";
import { stackedTable } from "@/components/shell/stacked-table";
import { Badge } from "@/components/ui/badge";
import { Table, TableCard, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { IntegrationView } from "@/lib/upstream/integrations/view";
import { describeIntegration } from "@/lib/upstream/providers/describe-integration";
import { authModeNames } from "./auth-mode-names";
import { IntegrationName } from "./integration-name";

type Props = { readonly environment: string; readonly integrations: readonly IntegrationView[] };

export function IntegrationsTable({ environment, integrations }: Props) {
  return (
    <TableCard>
      <Table aria-label="Integrations" className={stackedTable}>
        <thead>
          <tr>
            <TableHead>Integration</TableHead>
            <TableHead>Provider</TableHead>
            <TableHead>Auth</TableHead>
            <TableHead>Connections</TableHead>
            <TableHead>Functions</TableHead>
            <TableHead>Created</TableHead>
          </tr>
        </thead>
        <tbody>
          {integrations.map((integration) => (
            <IntegrationRow key={integration.id} environment={environment} integration={integration} />
          ))}
        </tbody>
      </Table>
    </TableCard>
  );
}

function IntegrationRow({
  environment,
  integration,
}: {
  readonly environment: string;
  readonly integration: IntegrationView;
}) {
  const { uniqueKey, connections, functions, createdAt } = integration;
  const { provider } = describeIntegration(integration);
  return (
    <TableRow>
      <TableCell>
        <IntegrationName environment={environment} integration={integration} />
      </TableCell>
      <TableCell>{provider?.display_name ?? integration.provider}</TableCell>
      <TableCell>
        <Badge>{provider === null ? "Unknown provider" : authModeNames[provider.auth_mode]}</Badge>
      </TableCell>
      <TableCell className="tabular-nums">
        <Link
          href={{ pathname: `/env/${environment}/connections`, query: { integration: uniqueKey } }}
          className="underline decoration-line-strong underline-offset-3 hover:decoration-ink"
        >
          {connections}
          <span className="md:sr-only"> {connections === 1 ? "connection" : "connections"}</span>
        </Link>
      </TableCell>
      <TableCell className="text-ink-2 tabular-nums">
        {functions === 0 ? <span className="max-md:hidden">–</span> : functions}
        <span className="md:hidden">
          {functions === 0 && "No functions"}
          {functions === 1 && " function"}
          {functions > 1 && " functions"}
        </span>
      </TableCell>
      <TableCell className="text-ink-2">
        <span className="md:hidden">Created </span>
        <ExactTime at={createdAt} style="day" />
      </TableCell>
    </TableRow>
  );
}
