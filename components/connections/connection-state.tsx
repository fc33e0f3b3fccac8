import { cn } from "@/components/ui/cn";
import type { ConnectionView } from "@/lib/upstream/connections/view";

/** Shows whether the last token refresh failed. The mark is decoration; the text says it too. */
export function ConnectionState({ failure }: Pick<ConnectionView, "failure">) {
  const isFailing = failure !== null;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span
        aria-hidden
        className={cn(
          "size-2 rounded-full border-[1.5px]",
          isFailing
            ? "border-danger bg-[linear-gradient(135deg,transparent_45%,var(--danger)_45%,var(--danger)_55%,transparent_55%)]"
            : "border-line-strong",
        )}
      />
      <span className={isFailing ? "font-medium text-danger-ink" : "text-ink-2"}>
        {isFailing ? "Refresh failing" : "No errors"}
      </span>
    </span>
  );
}
