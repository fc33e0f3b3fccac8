import type { ReactNode } from "react";
import { Brand } from "./brand";

/** The layout of a page outside the dashboard, with centered content. */
export function FullPage({ children }: { readonly children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="grid w-full max-w-sm gap-6">
        <div className="flex justify-center">
          <Brand />
        </div>
        {children}
      </div>
    </main>
  );
}

/** The card of a `FullPage`. */
export function FullPageCard({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="grid gap-5 rounded-card border bg-panel p-6 shadow-soft">
      <div className="grid gap-1.5">
        <h1 className="font-semibold text-title tracking-tight">{title}</h1>
        {lead !== undefined && <p className="text-ink-2">{lead}</p>}
      </div>
      {children}
    </div>
  );
}
