import { stackedTable } from "@/components/shell/stacked-table";
import { Table, TableCard, TableHead } from "@/components/ui/table";
import type { ConnectionView } from "@/lib/upstream/connections/view";
import type { IntegrationView } from "@/lib/upstream/integrations/view";
import { ConnectionRow } from "./connection-row";

type Props = {
  readonly environment: string;
  readonly connections: readonly ConnectionView[];
  readonly integrations: readonly Pick<IntegrationView, "uniqueKey" | "displayName">[];
};

export function ConnectionsTable({ environment, connections, integrations }: Props) {
  const names = new Map(integrations.map(({ uniqueKey, displayName }) => [uniqueKey, displayName]));
  return (
    <TableCard>
      <Table aria-label="Connections" className={stackedTable}>
        <thead>
          <tr>
            <TableHead className="w-1/4">Connection</TableHead>
            <TableHead>Integration</TableHead>
            <TableHead>Tags</TableHead>
            <TableHead>Created</TableHead>
            <TableHead>Last fetched</TableHead>
            <TableHead>State</TableHead>
          </tr>
        </thead>
        <tbody>
          {connections.map((connection) => (
            <ConnectionRow
              key={connection.id}
              environment={environment}
              connection={connection}
              integrationName={names.get(connection.integration) ?? null}
            />
          ))}
        </tbody>
      </Table>
    </TableCard>
  );
}
