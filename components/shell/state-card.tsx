import type { ReactNode } from "react";

type StateCardProps = { readonly icon: ReactNode; readonly title: string; readonly children: ReactNode };

/** A card with an icon and a title, shown instead of a table. */
export function StateCard({ icon, title, children }: StateCardProps) {
  return (
    <div className="grid justify-items-center gap-2 rounded-card border bg-panel px-6 py-14 text-center shadow-soft [&>svg]:size-6 [&>svg]:text-ink-3">
      {icon}
      <h2 className="font-semibold">{title}</h2>
      {children}
    </div>
  );
}
