"use client";

import { useQueryClient } from "@tanstack/react-query";
import { PlusIcon } from "lucide-react";
import Link from "next/link";
import { useCallback, useEffect, useState } from "react";
import { ClockProvider } from "@/components/time/clock";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import { type ActiveDialog, Dialogs, type OpenKeyDialog, preloadDialogs } from "./dialogs/dialogs";
import { KeyList } from "./list/key-list";
import { useKeyList } from "./live/use-key-list";
import { keysQueryKey } from "./queries/keys-query";

type ApiKeysPanelProps = {
  readonly environment: string;
  /** When the server rendered the page, in ISO 8601. */
  readonly serverTime: string;
};

export function ApiKeysPanel({ environment, serverTime }: ApiKeysPanelProps) {
  return (
    <ClockProvider serverTime={serverTime}>
      <Panel environment={environment} />
    </ClockProvider>
  );
}

/** How long the page is left to load its own data first. */
const preloadDelayMs = 1500;

function Panel({ environment }: { readonly environment: string }) {
  const keyListQuery = useKeyList(environment);
  const [dialog, setDialog] = useState<ActiveDialog | null>(null);
  const list = keyListQuery.data;
  const viewOnly = list?.viewOnly ?? null;
  const canManage = list !== undefined && viewOnly === null;

  const client = useQueryClient();
  // Does not depend on the list, so that the rows do not render again when it changes.
  const openDialog = useCallback<OpenKeyDialog>(
    (kind, id) => {
      const { keys = [] } = client.getQueryData<ApiKeyList>(keysQueryKey(environment)) ?? {};
      const apiKey = keys.find((key) => key.id === id);
      if (apiKey !== undefined) setDialog({ kind, apiKey });
    },
    [client, environment],
  );

  useEffect(() => {
    if (!canManage) return;
    const timer = setTimeout(preloadDialogs, preloadDelayMs);
    return () => clearTimeout(timer);
  }, [canManage]);

  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid max-w-xl gap-1">
          <h1 className="font-semibold text-title tracking-tight">API Keys</h1>
          <p className="text-ink-2">
            Keys for the API of the {environment} environment. Give each app its own key with only the scopes
            it needs. Watch Last used while you rotate a key.
          </p>
        </div>
        <div className="flex gap-2.5">
          <Button asChild>
            <Link href={`/env/${environment}/settings/api-keys/scopes`}>Scope reference</Link>
          </Button>
          {viewOnly === null && (
            <Button
              variant="primary"
              onClick={() => setDialog({ kind: "create" })}
              onPointerEnter={preloadDialogs}
              disabled={!canManage}
            >
              <PlusIcon aria-hidden /> Create API Key
            </Button>
          )}
        </div>
      </div>
      {viewOnly !== null && <Notice>{viewOnly}</Notice>}
      <KeyList
        environment={environment}
        keyListQuery={keyListQuery}
        canManage={canManage}
        onOpenDialog={openDialog}
      />
      {dialog !== null && (
        <Dialogs
          environment={environment}
          active={dialog}
          keys={list?.keys ?? []}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}
