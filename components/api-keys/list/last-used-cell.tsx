"use client";

import { memo } from "react";
import { formatClient, formatLastUse } from "@/components/api-keys/format/format-last-use";
import { useClockValue } from "@/components/time/clock";
import { LocalAndUtcTime } from "@/components/time/local-and-utc-time";
import { TimeAgo } from "@/components/time/time-ago";
import { cn } from "@/components/ui/cn";
import { Hint } from "@/components/ui/hint";
import { getKeyActivity, type KeyActivity, keyActivityLabels } from "@/lib/access/api-keys/key-activity";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { ActivityIndicator } from "./activity-indicator";

const activityColors: Record<KeyActivity, string> = {
  in_use: "text-live-ink",
  quiet: "text-ink-3",
  never_used: "text-ink-3",
  expired: "text-danger-ink",
};

type LastUsedCellProps = Pick<ApiKeySummary, "expiresAt" | "lastUsedAt" | "lastUse">;

/** When a key was last used and for which request. Updates itself as time passes. */
export const LastUsedCell = memo(function LastUsedCell({
  expiresAt,
  lastUsedAt,
  lastUse,
}: LastUsedCellProps) {
  const activity = useClockValue((now) => getKeyActivity({ expiresAt, lastUsedAt }, now));
  return (
    <div className="grid min-w-0">
      <div className="flex items-center gap-2">
        <ActivityIndicator activity={activity} />
        {lastUsedAt === null ? (
          <span className="font-medium">{keyActivityLabels.never_used}</span>
        ) : (
          <Hint content={<LastUseDetails at={lastUsedAt} lastUse={lastUse} />} className="font-medium">
            <TimeAgo at={lastUsedAt} />
          </Hint>
        )}
        {activity !== "never_used" && (
          <span className={cn("text-sm", activityColors[activity])}>{keyActivityLabels[activity]}</span>
        )}
      </div>
      {lastUse !== null && <p className="truncate pl-4 text-ink-3 text-sm">{formatLastUse(lastUse)}</p>}
    </div>
  );
});

/** The details of the last use, for the hint. */
function LastUseDetails({
  at,
  lastUse,
}: {
  readonly at: string;
  readonly lastUse: ApiKeySummary["lastUse"];
}) {
  return (
    <div className="grid gap-1.5">
      <LocalAndUtcTime at={at} />
      {lastUse !== null && (
        <p className="border-t pt-1.5 text-ink-2">
          <code className="font-mono">
            {lastUse.method} {lastUse.route}
          </code>{" "}
          returned {lastUse.status}
          {lastUse.client !== null && ` · ${formatClient(lastUse.client)}`}
          {lastUse.address !== null && ` · from ${lastUse.address}`}
        </p>
      )}
    </div>
  );
}
