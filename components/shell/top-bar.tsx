"use client";

import { MenuIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import type { Environment } from "@/lib/access/environments/model";
import { Brand } from "./brand";
import { EnvironmentLabel } from "./environment-label";

/** The top bar of small screens, with the sidebar in a sheet. The sheet closes after navigation. */
export function TopBar({
  environment,
  children,
}: {
  readonly environment: Environment | null;
  readonly children: ReactNode;
}) {
  const path = usePathname();
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-3 border-b bg-bg/95 px-3 backdrop-blur lg:hidden">
      <Sheet open={openedOn === path} onOpenChange={(isOpen) => setOpenedOn(isOpen ? path : null)}>
        <SheetTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Open menu">
            <MenuIcon aria-hidden />
          </Button>
        </SheetTrigger>
        <SheetContent title="Menu">{children}</SheetContent>
      </Sheet>
      <Brand />
      {environment !== null && path.startsWith("/env/") && (
        <span className="ml-auto min-w-0 text-right">
          <EnvironmentLabel {...environment} />
        </span>
      )}
    </header>
  );
}
