import type { ReactNode } from "react";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { TabLinks } from "@/components/ui/tabs";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";

type Props = { readonly params: Promise<{ environment: string }>; readonly children: ReactNode };

export default async function SettingsLayout({ params, children }: Props) {
  const { environment } = await requireEnvironment((await params).environment);
  const base = `/env/${environment.name}/settings`;
  return (
    <>
      <div className="grid gap-4">
        <Breadcrumb names={[environment.name, "Environment settings"]} />
        <TabLinks
          label="Environment settings"
          tabs={[
            { href: `${base}/api-keys`, label: "API Keys" },
            { href: `${base}/general`, label: "General" },
            { href: `${base}/variables`, label: "Variables" },
            { href: `${base}/activity`, label: "Activity" },
          ]}
        />
      </div>
      {children}
    </>
  );
}
