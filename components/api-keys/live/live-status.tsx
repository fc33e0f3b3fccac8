import { cn } from "@/components/ui/cn";
import type { LiveState } from "./reconnecting-event-source";

const styles = {
  connecting: { label: "Connecting", text: "text-ink-3", dot: "border-[1.5px] border-line-strong" },
  live: { label: "Live", text: "text-live-ink", dot: "bg-live" },
  retrying: {
    label: "Live updates paused, retrying",
    text: "text-warn-ink",
    dot: "border-[1.5px] border-warn",
  },
} as const satisfies Record<LiveState, { label: string; text: string; dot: string }>;

/**
 * Shows whether the list updates live, and beside it the latest change. Screen readers read both.
 */
export function LiveStatus({
  state,
  announcement,
}: {
  readonly state: LiveState;
  readonly announcement: string;
}) {
  const { label, text, dot } = styles[state];
  const announced = state === "live" ? announcement : "";
  return (
    <div className="flex items-center justify-end gap-x-3 whitespace-nowrap text-sm">
      <p role="status" title={announced} className="min-w-0 truncate text-ink-2">
        {announced}
      </p>
      <p role="status" aria-label="Updates" className={cn("flex items-center gap-2", text)}>
        <span aria-hidden className={cn("size-2 shrink-0 rounded-full", dot)} />
        {label}
      </p>
    </div>
  );
}
