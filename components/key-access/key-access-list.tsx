import Link from "next/link";
import { ExactTime } from "@/components/shell/exact-time";
import { Badge } from "@/components/ui/badge";
import type { KeyAccess } from "@/lib/access/api-keys/key-access";
import { maskKey } from "@/lib/access/api-keys/mask";

/** A list of keys, each linked to its row on the API Keys page. */
export function KeyAccessList({
  environment,
  keys,
}: {
  readonly environment: string;
  readonly keys: readonly KeyAccess[];
}) {
  return (
    <ul aria-label="Keys that can read this">
      {keys.map(({ id, displayName, prefix, lastFour, lastUsedAt, withCredentials }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t py-2 first:border-t-0">
          <Link
            href={{
              pathname: `/env/${environment}/settings/api-keys`,
              query: { q: displayName },
            }}
            className="min-w-0 break-words font-medium underline decoration-line-strong underline-offset-3 hover:decoration-ink"
          >
            {displayName}
          </Link>
          <code className="whitespace-nowrap font-mono text-ink-2 text-sm">{maskKey(prefix, lastFour)}</code>
          <Badge tone={withCredentials ? "warn" : "plain"}>
            {withCredentials ? "With credentials" : "Without credentials"}
          </Badge>
          <span className="text-ink-2 text-sm sm:ml-auto">
            {lastUsedAt === null ? (
              "Never used"
            ) : (
              <>
                Last used <ExactTime at={lastUsedAt} />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
