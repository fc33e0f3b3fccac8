"use client";

import { memo } from "react";
import type { OpenKeyDialog } from "@/components/api-keys/dialogs/dialogs";
import { SecretButtons } from "@/components/api-keys/secret/secret-buttons";
import { SecretPanel } from "@/components/api-keys/secret/secret-panel";
import { useSecret } from "@/components/secret/use-secret";
import { maskKey } from "@/lib/access/api-keys/mask";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { revealApiKeyAction } from "@/lib/dashboard/server-actions/api-keys";
import { CreatedCell } from "./created-cell";
import { KeyActions } from "./key-actions";
import { cellClass, rowClass } from "./key-columns";
import { LastUsedCell } from "./last-used-cell";
import { PermissionsBadge } from "./permissions-badge";
import { RecentUseHighlight } from "./recent-use-highlight";

type KeyRowProps = {
  readonly environment: string;
  readonly apiKey: ApiKeySummary;
  readonly canManage: boolean;
  readonly onOpenDialog: OpenKeyDialog;
};

/** One key. Only the cells whose data changed render again. The times in them update themselves. */
export const KeyRow = memo(function KeyRow({ environment, apiKey, canManage, onOpenDialog }: KeyRowProps) {
  const { id, displayName, prefix, lastFour, grants, createdAt, createdBy } = apiKey;
  const { expiresAt, lastUsedAt, lastUse } = apiKey;
  const secret = useSecret((how) => revealApiKeyAction({ environment, id, how }));
  const nameId = `key-${id}-name`;
  return (
    <tr className={rowClass}>
      <th id={nameId} scope="row" className={cellClass.name}>
        <RecentUseHighlight at={lastUsedAt} />
        {displayName}
      </th>
      <td className={cellClass.key}>
        <code className="whitespace-nowrap font-mono text-ink-2 text-sm">{maskKey(prefix, lastFour)}</code>
        {canManage && <SecretButtons secret={secret} describedBy={nameId} />}
      </td>
      <td className={cellClass.permissions}>
        <PermissionsBadge grants={grants} />
      </td>
      <td className={cellClass.last_used}>
        <LastUsedCell expiresAt={expiresAt} lastUsedAt={lastUsedAt} lastUse={lastUse} />
      </td>
      <td className={cellClass.created}>
        <CreatedCell at={createdAt} by={createdBy} />
      </td>
      {canManage && (
        <td className={cellClass.actions}>
          <KeyActions id={id} nameId={nameId} onOpenDialog={onOpenDialog} />
        </td>
      )}
      {(secret.state.kind === "shown" || secret.state.kind === "failed") && (
        <td className={cellClass.secret}>
          <SecretPanel secret={secret} name={displayName} />
        </td>
      )}
    </tr>
  );
});
