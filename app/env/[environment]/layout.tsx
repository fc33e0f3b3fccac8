import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { Shell } from "@/components/shell/shell";
import { requireEnvironment } from "@/lib/auth/environment";
import { database } from "@/lib/db/client";
import { listEnvironments } from "@/lib/environments/store";

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
