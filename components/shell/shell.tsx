import type { ReactNode } from "react";
import { Sidebar, type SidebarProps } from "./sidebar";
import { TopBar } from "./top-bar";

/** The layout of the dashboard: skip link, sidebar or top bar, and the page. */
export function Shell({ children, ...sidebar }: SidebarProps & { readonly children: ReactNode }) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#page"
        className="sr-only rounded-control bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to content
      </a>
      <TopBar environment={sidebar.environment}>
        <Sidebar {...sidebar} />
      </TopBar>
      <header className="sticky top-0 hidden h-dvh overflow-y-auto border-r lg:flex">
        <Sidebar {...sidebar} />
      </header>
      <main id="page" tabIndex={-1} className="min-w-0 px-4 pt-5 pb-16 outline-none sm:px-8 lg:px-10 lg:pt-7">
        <div className="mx-auto grid max-w-6xl gap-6">{children}</div>
      </main>
    </div>
  );
}
