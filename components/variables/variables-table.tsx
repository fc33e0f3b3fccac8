import { ExactTime } from "@/components/shell/exact-time";
import { Table, TableCard, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { VariableSummary } from "@/lib/functions/variables/model";
import { VariableRow } from "./variable-row";

type Props = {
  readonly environment: string;
  readonly variables: readonly VariableSummary[];
  readonly canManage: boolean;
};

/** Below 640 px the cells of a row are stacked. */
export function VariablesTable({ environment, variables, canManage }: Props) {
  return (
    <TableCard>
      <Table
        aria-label="Variables"
        className="max-sm:[&_td]:block max-sm:[&_td]:py-1 max-sm:[&_thead]:sr-only max-sm:[&_tr]:block max-sm:[&_tr]:py-2"
      >
        <thead>
          <tr>
            <TableHead className="sm:w-1/3">Name</TableHead>
            <TableHead>Value</TableHead>
            <TableHead className="hidden w-44 md:table-cell">Changed</TableHead>
            {canManage && (
              <TableHead className="w-36">
                <span className="sr-only">Actions</span>
              </TableHead>
            )}
          </tr>
        </thead>
        <tbody>
          {variables.map((variable) =>
            canManage ? (
              <VariableRow key={variable.id} environment={environment} variable={variable} />
            ) : (
              <TableRow key={variable.id}>
                <TableCell className="break-all font-mono text-sm">{variable.name}</TableCell>
                <TableCell className="text-ink-3">Hidden</TableCell>
                <TableCell className="hidden text-ink-2 md:table-cell">
                  <ExactTime at={variable.updatedAt} />
                </TableCell>
              </TableRow>
            ),
          )}
        </tbody>
      </Table>
    </TableCard>
  );
}
