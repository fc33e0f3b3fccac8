import { cn } from "@/components/ui/cn";
import type { KeyActivity } from "@/lib/access/api-keys/key-activity";

const styles = {
  in_use: "bg-live border-live",
  quiet: "border-line-strong",
  never_used: "border-line-strong",
  expired:
    "border-danger bg-[linear-gradient(135deg,transparent_45%,var(--danger)_45%,var(--danger)_55%,transparent_55%)]",
} as const satisfies Record<KeyActivity, string>;

/**
 * Filled for a key in use, hollow for an unused one, struck through when expired. Hidden from screen readers.
 */
export function ActivityIndicator({ activity }: { readonly activity: KeyActivity }) {
  return (
    <span
      aria-hidden
      className={cn("inline-block size-2 shrink-0 rounded-full border-[1.5px]", styles[activity])}
    />
  );
}
