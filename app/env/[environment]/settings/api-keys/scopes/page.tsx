import { ArrowLeftIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { CliRequirements } from "@/components/scopes/cli-requirements";
import { ProfileCards } from "@/components/scopes/profile-cards";
import { ScopeReference } from "@/components/scopes/scope-reference";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { routesForAnyKey, routesForScope } from "@/lib/environment-api/catalog/accessible-routes";

export const metadata: Metadata = { title: "Scope reference" };

type Props = { readonly params: Promise<{ environment: string }> };

export default async function ScopesPage({ params }: Props) {
  const { environment } = await requireEnvironment((await params).environment);
  return (
    <div className="grid min-w-0 gap-8">
      <div className="grid max-w-2xl gap-1">
        <Link
          href={`/env/${environment.name}/settings/api-keys`}
          className="inline-flex w-fit items-center gap-1.5 text-ink-2 text-sm hover:text-ink"
        >
          <ArrowLeftIcon aria-hidden className="size-3.5" /> API Keys
        </Link>
        <h1 className="font-semibold text-title tracking-tight">Scope reference</h1>
        <p className="text-ink-2">
          The scopes of a key decide which requests it can make. A request without the required scope gets
          403, and the error names the scope.
        </p>
      </div>
      <ProfileCards />
      <ScopeReference routesOf={routesForScope} anyKeyRoutes={routesForAnyKey} />
      <CliRequirements />
    </div>
  );
}
