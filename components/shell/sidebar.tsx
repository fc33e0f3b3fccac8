import { BookOpenIcon, LayoutGridIcon, LinkIcon, SlidersHorizontalIcon, UsersIcon } from "lucide-react";
import Link from "next/link";
import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import { Brand } from "./brand";
import { EnvironmentSwitcher } from "./environment-switcher";
import { NavLink } from "./nav-link";
import { UserMenu } from "./user-menu";

export type SidebarProps = {
  readonly member: Member;
  /**
   * The environment of the page. On a page outside an environment, the one that the links open. Null if none
   * exists.
   */
  readonly environment: Environment | null;
  readonly environments: readonly Environment[];
};

/** The content of the sidebar. It is beside the page on wide screens, and in a sheet on small ones. */
export function Sidebar({ member, environment, environments }: SidebarProps) {
  const base = environment === null ? null : `/env/${environment.name}`;
  return (
    <div className="flex min-h-full flex-1 flex-col gap-5 p-3">
      <Link href="/" prefetch={false} className="self-start rounded-control px-2 py-1">
        <Brand />
      </Link>
      <EnvironmentSwitcher current={environment} environments={environments} />
      <nav aria-label="Main" className="grid gap-0.5">
        {base !== null && (
          <>
            <NavLink
              href={`${base}/integrations`}
              sectionPath={`${base}/integrations`}
              icon={<LayoutGridIcon aria-hidden />}
            >
              Integrations
            </NavLink>
            <NavLink
              href={`${base}/connections`}
              sectionPath={`${base}/connections`}
              icon={<LinkIcon aria-hidden />}
            >
              Connections
            </NavLink>
            <NavLink
              href={`${base}/settings/api-keys`}
              sectionPath={`${base}/settings`}
              icon={<SlidersHorizontalIcon aria-hidden />}
            >
              Environment settings
            </NavLink>
          </>
        )}
        {member.role === "admin" && (
          <NavLink href="/members" sectionPath="/members" icon={<UsersIcon aria-hidden />}>
            Members
          </NavLink>
        )}
        <NavLink href="/docs" sectionPath="/docs" icon={<BookOpenIcon aria-hidden />}>
          API reference
        </NavLink>
      </nav>
      <div className="mt-auto">
        <UserMenu member={member} />
      </div>
    </div>
  );
}
