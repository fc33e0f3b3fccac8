import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { Shell } from "@/components/shell/shell";
import { listEnvironments } from "@/lib/access/environments/store";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { database } from "@/lib/infrastructure/db/client";

type Props = { readonly params: Promise<{ environment: string }>; readonly children: ReactNode };

export default async function EnvironmentLayout({ params, children }: Props) {
  const { member, environment } = await requireEnvironment((await params).environment);
  const environments = await listEnvironments(database());
  return (
    <Providers>
      <Shell member={member} environment={environment} environments={environments}>
        {children}
      </Shell>
    </Providers>
  );
}
