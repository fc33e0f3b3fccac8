"use client";

import { memo } from "react";
import { sayClient, sayLastUse } from "@/components/api-keys/wording/last-use";
import { useTicking } from "@/components/time/clock";
import { ExactTime } from "@/components/time/exact-time";
import { TimeAgo } from "@/components/time/time-ago";
import { cn } from "@/components/ui/cn";
import { Hint } from "@/components/ui/hint";
import { activityNames, activityOf } from "@/lib/access/api-keys/activity";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { ActivityMark } from "./activity-mark";

type Used = Pick<ApiKeySummary, "expiresAt" | "lastUsedAt" | "lastUse">;

/** When a key was last used and with what; ticks by itself. */
export const LastUsedCell = memo(function LastUsedCell({ expiresAt, lastUsedAt, lastUse }: Used) {
  const activity = useTicking((now) => activityOf({ expiresAt, lastUsedAt }, now));
  return (
    <div className="grid min-w-0">
      <div className="flex items-center gap-2">
        <ActivityMark activity={activity} />
        {lastUsedAt === null ? (
          <span className="font-medium">{activityNames.never_used}</span>
        ) : (
          <Hint content={<LastUse at={lastUsedAt} lastUse={lastUse} />} className="font-medium">
            <TimeAgo at={lastUsedAt} />
          </Hint>
        )}
        {activity !== "never_used" && (
          <span
            className={cn(
              "text-sm",
              activity === "in_use"
                ? "text-live-ink"
                : activity === "expired"
                  ? "text-danger-ink"
                  : "text-ink-3",
            )}
          >
            {activityNames[activity]}
          </span>
        )}
      </div>
      {lastUse !== null && <p className="truncate pl-4 text-ink-3 text-sm">{sayLastUse(lastUse)}</p>}
    </div>
  );
});

function LastUse({ at, lastUse }: { readonly at: string; readonly lastUse: ApiKeySummary["lastUse"] }) {
  return (
    <div className="grid gap-1.5">
      <ExactTime at={at} />
      {lastUse !== null && (
        <p className="border-t pt-1.5 text-ink-2">
          <code className="font-mono">
            {lastUse.method} {lastUse.route}
          </code>{" "}
          answered {lastUse.status}
          {lastUse.client !== null && ` · ${sayClient(lastUse.client)}`}
          {lastUse.address !== null && ` · from ${lastUse.address}`}
        </p>
      )}
    </div>
  );
}
