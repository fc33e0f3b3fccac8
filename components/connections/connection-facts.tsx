import Link from "next/link";
import { CopyText } from "@/components/copy/copy-text";
import { authModeNames } from "@/components/integrations/auth-mode-names";
import { ExactTime } from "@/components/shell/exact-time";
import { Fact, Facts } from "@/components/shell/facts";
import type { ConnectionDetail } from "@/lib/upstream/connections/view";
import type { Provider } from "@/lib/upstream/providers/model";
import { ConnectionState } from "./connection-state";
import { EndUserFact } from "./end-user-fact";
import { TagLinks } from "./tag-links";

type Props = {
  readonly environment: string;
  readonly connection: ConnectionDetail;
  readonly provider: Provider | null;
};

export function ConnectionFacts({ environment, connection, provider }: Props) {
  const { connectionId, integration, endUser, tags, createdAt, updatedAt, lastFetchedAt } = connection;
  return (
    <Facts>
      <Fact term="Connection id">
        <CopyText text={connectionId} className="-my-1 text-sm" />
      </Fact>
      <Fact term="Integration">
        <Link
          href={`/env/${environment}/integrations/${encodeURIComponent(integration)}`}
          className="break-all underline decoration-line-strong underline-offset-3 hover:decoration-ink"
        >
          {integration}
        </Link>
      </Fact>
      <Fact term="Auth">
        {provider === null
          ? `${connection.provider} (not in the catalogue)`
          : `${provider.display_name}, ${authModeNames[provider.auth_mode]}`}
      </Fact>
      <Fact term="State">
        <ConnectionState failure={connection.failure} />
      </Fact>
      <Fact term="End user">
        <EndUserFact endUser={endUser} />
      </Fact>
      <Fact term="Tags">
        <TagLinks environment={environment} tags={tags} />
      </Fact>
      <Fact term="Created">
        <ExactTime at={createdAt} />
      </Fact>
      <Fact term="Changed">
        <ExactTime at={updatedAt} />
      </Fact>
      <Fact term="Last fetched">
        {lastFetchedAt === null ? "Never fetched by a key" : <ExactTime at={lastFetchedAt} />}
      </Fact>
    </Facts>
  );
}
