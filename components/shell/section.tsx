import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** A section of a settings page: description on the left, content on the right; stacked on small screens. */
export function Section({
  title,
  lead,
  tone = "plain",
  children,
}: {
  readonly title: string;
  readonly lead: ReactNode;
  readonly tone?: "plain" | "danger";
  readonly children: ReactNode;
}) {
  return (
    <section
      className={cn(
        "grid gap-x-10 gap-y-4 rounded-card border bg-panel p-5 shadow-soft md:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]",
        tone === "danger" && "border-danger/40",
      )}
    >
      <div className="grid content-start gap-1">
        <h2 className="font-semibold text-base">{title}</h2>
        <p className="text-ink-2 text-sm">{lead}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
