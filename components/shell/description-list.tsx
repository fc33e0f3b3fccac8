import type { ReactNode } from "react";

/** Terms and their values. */
export function DescriptionList({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid gap-x-8 rounded-card border bg-panel px-5 py-2 shadow-soft sm:grid-cols-2">
      {children}
    </dl>
  );
}

export function DescriptionItem({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="grid min-w-0 grid-cols-[8.5rem_minmax(0,1fr)] gap-x-3 py-1.5 max-sm:grid-cols-1">
      <dt className="text-ink-3 text-sm leading-5">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
