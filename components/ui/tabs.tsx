"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "./cn";

export type Tab = { readonly href: string; readonly label: string };

/** Tabs as links. The tab of the open page, or of a page below it, is the current one. */
export function TabLinks({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className="-mx-1 overflow-x-auto border-b px-1 [scrollbar-width:none]">
      <ul className="flex gap-5">
        {tabs.map(({ href, label: name }) => {
          const isCurrent = path === href || path.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isCurrent ? "page" : undefined}
                className={cn(
                  "-mb-px block whitespace-nowrap border-b-2 border-transparent py-2.5 -outline-offset-2",
                  isCurrent ? "border-ink font-medium text-ink" : "text-ink-2 hover:text-ink",
                )}
              >
                {name}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
