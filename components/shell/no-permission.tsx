import { LockIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Shown when the member's role does not allow a page. `children` say what the member can do. */
export function NoPermission({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-card border bg-panel px-6 py-14 text-center shadow-soft">
      <LockIcon className="size-6 text-ink-3" aria-hidden />
      <h2 className="font-semibold text-base">{title}</h2>
      <p className="max-w-md text-ink-2">{children}</p>
    </div>
  );
}
