import { cn } from "@/components/ui/cn";
import type { LiveState } from "./reconnecting-event-source";

const styles = {
  connecting: { words: "Connecting", text: "text-ink-3", dot: "border-[1.5px] border-line-strong" },
  live: { words: "Live", text: "text-live-ink", dot: "bg-live" },
  paused: {
    words: "Live updates paused, retrying",
    text: "text-warn-ink",
    dot: "border-[1.5px] border-warn",
  },
} as const satisfies Record<LiveState, { words: string; text: string; dot: string }>;

/** Does the list move by itself? Said in words and, when it stopped, aloud; beside it what somebody just did. */
export function LiveStatus({
  state,
  news: announcement,
}: {
  readonly state: LiveState;
  readonly news: string;
}) {
  const { words, text, dot } = styles[state];
  const announced = state === "live" ? announcement : "";
  return (
    <div className="flex items-center justify-end gap-x-3 whitespace-nowrap text-sm">
      <p role="status" title={announced} className="min-w-0 truncate text-ink-2">
        {announced}
      </p>
      <p role="status" aria-label="Updates" className={cn("flex items-center gap-2", text)}>
        <span aria-hidden className={cn("size-2 shrink-0 rounded-full", dot)} />
        {words}
      </p>
    </div>
  );
}
