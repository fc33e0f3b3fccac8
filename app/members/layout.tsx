import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { Shell } from "@/components/shell/shell";
import { lastEnvironmentCookie } from "@/lib/access/environments/last-environment-cookie";
import { listEnvironments } from "@/lib/access/environments/store";
import { requireMember } from "@/lib/dashboard/auth/session";
import { database } from "@/lib/infrastructure/db/client";

export default async function MembersLayout({ children }: { readonly children: ReactNode }) {
  const member = await requireMember();
  const environments = await listEnvironments(database());
  const last = (await cookies()).get(lastEnvironmentCookie)?.value;
  const environment = environments.find(({ name }) => name === last) ?? environments[0] ?? null;
  return (
    <Providers>
      <Shell member={member} environment={environment} environments={environments}>
        {children}
      </Shell>
    </Providers>
  );
}
