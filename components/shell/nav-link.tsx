"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** A link of the sidebar. Marked as current on the page `sectionPath` and on every page below it. */
export function NavLink({
  href,
  sectionPath,
  icon,
  children,
}: {
  readonly href: string;
  readonly sectionPath: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  const path = usePathname();
  const isCurrent = path === sectionPath || path.startsWith(`${sectionPath}/`);
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "flex items-center gap-2.5 rounded-control px-2 py-1.5 [&_svg]:size-4 [&_svg]:shrink-0",
        isCurrent ? "bg-raised font-medium text-ink" : "text-ink-2 hover:bg-raised hover:text-ink",
      )}
    >
      {icon}
      {children}
    </Link>
  );
}
