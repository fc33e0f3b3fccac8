import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Suspense } from "react";
import { ApiKeysPanel } from "@/components/api-keys/api-keys-panel";
import { ApiKeysSkeleton } from "@/components/api-keys/list/api-keys-skeleton";
import { keysQueryKey } from "@/components/api-keys/queries/keys-query";
import { getQueryClient } from "@/components/shell/query-client";
import { readApiKeyList } from "@/lib/access/api-keys/read-list";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { database } from "@/lib/infrastructure/db/client";

type Props = { readonly params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `API Keys · ${(await params).environment}` };
}

export default function ApiKeysPage({ params }: Props) {
  return (
    <Suspense fallback={<ApiKeysSkeleton />}>
      <ApiKeys params={params} />
    </Suspense>
  );
}

async function ApiKeys({ params }: Props) {
  const { member, environment } = await requireEnvironment((await params).environment);
  const queries = getQueryClient();
  // If this fails, the page is rendered without a list. The browser then fetches the list and shows the
  // error.
  await queries.prefetchQuery({
    queryKey: keysQueryKey(environment.name),
    queryFn: () => readApiKeyList(database(), environment, member.role),
  });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <ApiKeysPanel environment={environment.name} serverTime={new Date().toISOString()} />
    </HydrationBoundary>
  );
}
