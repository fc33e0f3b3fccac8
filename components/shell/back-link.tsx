import { ArrowLeftIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

/** A link from a detail page back to its list. */
export function BackLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} className="inline-flex w-fit items-center gap-1.5 text-ink-2 text-sm hover:text-ink">
      <ArrowLeftIcon aria-hidden className="size-3.5" /> {children}
    </Link>
  );
}
