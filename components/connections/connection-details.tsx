import Link from "next/link";
import { CopyText } from "@/components/copy/copy-text";
import { authModeNames } from "@/components/integrations/auth-mode-names";
import { DescriptionItem, DescriptionList } from "@/components/shell/description-list";
import { ExactTime } from "@/components/shell/exact-time";
import type { ConnectionDetail } from "@/lib/upstream/connections/view";
import type { Provider } from "@/lib/upstream/providers/model";
import { ConnectionState } from "./connection-state";
import { EndUserDetails } from "./end-user-details";
import { TagLinks } from "./tag-links";

type Props = {
  readonly environment: string;
  readonly connection: ConnectionDetail;
  readonly provider: Provider | null;
};

export function ConnectionDetails({ environment, connection, provider }: Props) {
  const { connectionId, integration, endUser, tags, createdAt, updatedAt, lastFetchedAt } = connection;
  return (
    <DescriptionList>
      <DescriptionItem term="Connection ID">
        <CopyText text={connectionId} className="-my-1 text-sm" />
      </DescriptionItem>
      <DescriptionItem term="Integration">
        <Link
          href={`/env/${environment}/integrations/${encodeURIComponent(integration)}`}
          className="break-all underline decoration-line-strong underline-offset-3 hover:decoration-ink"
        >
          {integration}
        </Link>
      </DescriptionItem>
      <DescriptionItem term="Auth">
        {provider === null
          ? `${connection.provider} (not in the catalog)`
          : `${provider.display_name}, ${authModeNames[provider.auth_mode]}`}
      </DescriptionItem>
      <DescriptionItem term="State">
        <ConnectionState failure={connection.failure} />
      </DescriptionItem>
      <DescriptionItem term="End user">
        <EndUserDetails endUser={endUser} />
      </DescriptionItem>
      <DescriptionItem term="Tags">
        <TagLinks environment={environment} tags={tags} />
      </DescriptionItem>
      <DescriptionItem term="Created">
        <ExactTime at={createdAt} />
      </DescriptionItem>
      <DescriptionItem term="Changed">
        <ExactTime at={updatedAt} />
      </DescriptionItem>
      <DescriptionItem term="Last fetched">
        {lastFetchedAt === null ? "Never fetched by a key" : <ExactTime at={lastFetchedAt} />}
      </DescriptionItem>
    </DescriptionList>
  );
}
