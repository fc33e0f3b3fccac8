"use client";

import { useId, useState } from "react";
import { useSecret } from "@/components/secret/use-secret";
import { ExactTime } from "@/components/shell/exact-time";
import { TableCell, TableRow } from "@/components/ui/table";
import { revealVariableAction } from "@/lib/dashboard/server-actions/variables";
import type { VariableSummary } from "@/lib/functions/variables/model";
import { ChangeVariable } from "./change-variable";
import { DeleteVariable } from "./delete-variable";
import { VariableButtons } from "./variable-buttons";
import { VariableValue } from "./variable-value";

type Props = { readonly environment: string; readonly variable: VariableSummary };

/** A variable that the member can reveal and change. */
export function VariableRow({ environment, variable }: Props) {
  const nameId = useId();
  const [open, setOpen] = useState<"change" | "delete" | null>(null);
  const close = () => setOpen(null);
  const secret = useSecret(() => revealVariableAction({ environment, id: variable.id }));
  return (
    <TableRow>
      <TableCell id={nameId} className="break-all align-top font-mono text-sm leading-8">
        {variable.name}
      </TableCell>
      <TableCell className="align-top leading-8">
        <VariableValue secret={secret} name={variable.name} />
      </TableCell>
      <TableCell className="hidden align-top text-ink-2 leading-8 md:table-cell">
        <ExactTime at={variable.updatedAt} />
      </TableCell>
      <TableCell className="align-top sm:text-right">
        <VariableButtons
          secret={secret}
          describedBy={nameId}
          onChange={() => setOpen("change")}
          onDelete={() => setOpen("delete")}
        />
        {open === "change" && (
          <ChangeVariable environment={environment} variable={variable} onClose={close} />
        )}
        {open === "delete" && (
          <DeleteVariable environment={environment} variable={variable} onClose={close} />
        )}
      </TableCell>
    </TableRow>
  );
}
