"use client";

import { CheckIcon, ChevronsUpDownIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Environment } from "@/lib/access/environments/model";
import { EnvironmentLabel } from "./environment-label";

type Props = {
  readonly current: Environment | null;
  readonly environments: readonly Environment[];
};

/**
 * Links to the same section of another environment. The links open `/env/{name}`, which stores the choice.
 */
export function EnvironmentSwitcher({ current, environments }: Props) {
  const section = sectionOf(usePathname());
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={current === null ? "Choose an environment" : `Environment ${current.name}: change`}
        className={cn(
          "flex w-full items-center justify-between gap-2 rounded-control border bg-panel px-2.5 py-2 shadow-soft hover:bg-raised",
          current?.isProduction === true && "border-warn/60",
        )}
      >
        {current === null ? (
          <span className="py-1.5 text-ink-2">Choose an environment</span>
        ) : (
          <EnvironmentLabel {...current} />
        )}
        <ChevronsUpDownIcon className="size-4 shrink-0 text-ink-3" aria-hidden />
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align="start"
        className="max-h-[60dvh] w-(--radix-dropdown-menu-trigger-width) overflow-y-auto"
      >
        {environments.map((environment) => (
          <DropdownMenuItem key={environment.id} asChild>
            <a
              href={`/env/${environment.name}?section=${section}`}
              aria-current={environment.id === current?.id ? "true" : undefined}
            >
              <EnvironmentLabel {...environment} />
              {environment.id === current?.id && <CheckIcon className="ml-auto" aria-hidden />}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** Returns the section of a path, as `/env/{name}?section=` takes it. */
function sectionOf(path: string): string {
  const [, setting, list] =
    /^\/env\/[^/]+\/(?:settings\/([a-z-]+)|(integrations|connections)(?:\/|$))/.exec(path) ?? [];
  return setting ?? list ?? "api-keys";
}
