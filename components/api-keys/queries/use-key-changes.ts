"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { callServer } from "@/components/server-call/call-server";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { deleteApiKeyAction, editApiKeyAction } from "@/lib/dashboard/server-actions/api-keys";
import { keysQueryKey } from "./keys-query";

/*
 * While a mutation is pending, the list is not polled (`use-key-list.ts`), and the events about its key wait
 * (`live-list-updater.ts`), so that neither overwrites the optimistic state.
 */

type Keys = readonly ApiKeySummary[];
type EditedKey = Pick<ApiKeySummary, "id" | "displayName" | "grants">;

function updateCachedKeys(client: QueryClient, environment: string, change: (keys: Keys) => Keys): void {
  client.setQueryData<ApiKeyList>(
    keysQueryKey(environment),
    (list) => list && { ...list, keys: change(list.keys) },
  );
}

const replace = (key: ApiKeySummary) => (keys: Keys) => keys.map((old) => (old.id === key.id ? key : old));

/** Adds a new key to the cached list, without its secret. */
export function useAddKeyToList(environment: string): (key: ApiKeySummary) => void {
  const client = useQueryClient();
  return (key) =>
    updateCachedKeys(client, environment, (keys) => [...keys.filter(({ id }) => id !== key.id), key]);
}

/** Edits a key optimistically: the list shows the change immediately and reverts it on an error. */
export function useEditKey(environment: string) {
  const client = useQueryClient();
  const queryKey = keysQueryKey(environment);
  return useMutation({
    mutationKey: queryKey,
    mutationFn: ({ id, displayName, grants }: EditedKey) =>
      callServer(() => editApiKeyAction({ environment, id, displayName, grants: [...grants] })),
    onMutate: async (edited) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<ApiKeyList>(queryKey)?.keys.find(({ id }) => id === edited.id);
      if (before !== undefined) updateCachedKeys(client, environment, replace({ ...before, ...edited }));
      return before;
    },
    onSuccess: (result, _, before) => {
      const current = result.ok ? result.value : before;
      if (current !== undefined) updateCachedKeys(client, environment, replace(current));
    },
  });
}

/** Deletes a key optimistically: the row disappears immediately and comes back on an error. */
export function useDeleteKey(environment: string) {
  const client = useQueryClient();
  const queryKey = keysQueryKey(environment);
  return useMutation({
    mutationKey: queryKey,
    mutationFn: ({ id }: ApiKeySummary) => callServer(() => deleteApiKeyAction({ environment, id })),
    onMutate: async (key) => {
      await client.cancelQueries({ queryKey });
      updateCachedKeys(client, environment, (keys) => keys.filter(({ id }) => id !== key.id));
    },
    onSuccess: (result, key) => {
      if (result.ok || result.error.code === "not_found") return;
      updateCachedKeys(client, environment, (keys) => [...keys, key]);
    },
  });
}
