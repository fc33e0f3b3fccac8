import { formatClient } from "@/components/api-keys/format/format-last-use";
import { TimeAgo } from "@/components/time/time-ago";
import { Notice } from "@/components/ui/notice";
import type { DeletionRisk } from "@/lib/access/api-keys/deletion-risk";
import { maskKey } from "@/lib/access/api-keys/mask";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";

/** Describes the last use of a key and the risk of deleting it. */
export function KeyDetails({
  apiKey,
  risk,
}: {
  readonly apiKey: ApiKeySummary;
  readonly risk: DeletionRisk;
}) {
  const { prefix, lastFour, lastUsedAt, lastUse } = apiKey;
  return (
    <Notice tone={risk === "none" ? "plain" : "warn"} className="grid gap-1">
      <p>
        <code className="font-mono">{maskKey(prefix, lastFour)}</code>{" "}
        {lastUsedAt === null ? (
          "was never used."
        ) : (
          <>
            was last used <TimeAgo at={lastUsedAt} />
            {lastUse !== null && ` with ${lastUse.method} ${lastUse.route}`}
            {lastUse !== null && lastUse.client !== null && ` by ${formatClient(lastUse.client)}`}
            {lastUse !== null && lastUse.address !== null && ` from ${lastUse.address}`}.
          </>
        )}
      </p>
      {risk === "in_use" && <p>It is still in use. Apps that use it will stop working.</p>}
      {risk === "last_full_access" && <p>It is the last key of this environment with Full access.</p>}
    </Notice>
  );
}
