import type { ReactNode } from "react";

/** A page's title, description and primary action. */
export function PageTitle({
  title,
  lead,
  action,
}: {
  readonly title: string;
  readonly lead: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="grid max-w-2xl gap-1">
        <h1 className="font-semibold text-title tracking-tight">{title}</h1>
        <p className="text-ink-2">{lead}</p>
      </div>
      {action}
    </div>
  );
}
