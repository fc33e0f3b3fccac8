import { memo } from "react";
import { LocalAndUtcTime } from "@/components/time/local-and-utc-time";
import { ShortDate } from "@/components/time/short-date";
import { Hint } from "@/components/ui/hint";

/** When a key was created and by whom. */
export const CreatedCell = memo(function CreatedCell({
  at,
  by,
}: {
  readonly at: string;
  readonly by: string;
}) {
  return (
    <div className="flex min-w-0 flex-wrap gap-x-1.5 @4xl:grid">
      <span>
        <span className="text-ink-3 @4xl:hidden">Created </span>
        <Hint content={<LocalAndUtcTime at={at} />}>
          <ShortDate at={at} />
        </Hint>
      </span>
      <p className="truncate text-ink-3 text-sm">
        <span className="@4xl:hidden">by </span>
        {by}
      </p>
    </div>
  );
});
