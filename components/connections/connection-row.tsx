import Link from "next/link";
import { ProviderLogo } from "@/components/integrations/provider-logo";
import { ExactTime } from "@/components/shell/exact-time";
import { TableCell, TableRow } from "@/components/ui/table";
import { toEndUserTags } from "@/lib/upstream/connections/end-user";
import type { ConnectionView } from "@/lib/upstream/connections/view";
import { describeIntegration } from "@/lib/upstream/providers/describe-integration";
import { ConnectionState } from "./connection-state";
import { EndUserName } from "./end-user-name";
import { TagLinks } from "./tag-links";

type Props = {
  readonly environment: string;
  readonly connection: ConnectionView;
  readonly integrationName: string | null;
};

export function ConnectionRow({ environment, connection, integrationName }: Props) {
  const { id, connectionId, integration, provider, endUser, tags, createdAt, lastFetchedAt } = connection;
  const ownTags = tagsBesidesEndUser(tags, endUser);
  const { logo } = describeIntegration({ provider, displayName: integrationName });
  return (
    <TableRow>
      <TableCell>
        <Link
          href={`/env/${environment}/connections/${id}`}
          className="break-all font-medium font-mono text-sm hover:underline"
        >
          {connectionId}
        </Link>
        {endUser !== null && (
          <p className="text-ink-2 text-sm">
            <EndUserName endUser={endUser} />
          </p>
        )}
      </TableCell>
      <TableCell>
        <span className="flex min-w-0 items-center gap-2">
          <ProviderLogo src={logo} className="size-5 rounded-[5px]" />
          <Link
            href={`/env/${environment}/integrations/${encodeURIComponent(integration)}`}
            className="min-w-0 break-all hover:underline"
          >
            {integration}
          </Link>
        </span>
      </TableCell>
      <TableCell className={Object.keys(ownTags).length === 0 ? "max-md:hidden!" : undefined}>
        <TagLinks environment={environment} tags={ownTags} />
      </TableCell>
      <TableCell className="text-ink-2">
        <span className="md:hidden">Created </span>
        <ExactTime at={createdAt} style="day" />
      </TableCell>
      <TableCell className="text-ink-2">
        {lastFetchedAt === null ? (
          "Never fetched"
        ) : (
          <>
            <span className="md:hidden">Last fetched </span>
            <ExactTime at={lastFetchedAt} />
          </>
        )}
      </TableCell>
      <TableCell>
        <ConnectionState failure={connection.failure} />
      </TableCell>
    </TableRow>
  );
}

/** Returns the tags that are not derived from the end user. The row already shows the end user. */
function tagsBesidesEndUser(
  tags: ConnectionView["tags"],
  endUser: ConnectionView["endUser"],
): ConnectionView["tags"] {
  const derived = toEndUserTags(endUser);
  return Object.fromEntries(Object.entries(tags).filter(([name, value]) => derived[name] !== value));
}
