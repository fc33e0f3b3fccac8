import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { lastEnvironmentCookie } from "@/lib/access/environments/last-environment-cookie";
import { listEnvironments } from "@/lib/access/environments/store";
import { requireMember } from "@/lib/dashboard/auth/session";
import { database } from "@/lib/infrastructure/db/client";

/** Redirects to the API keys of the environment that was chosen last, or else of the first one. */
export default async function HomePage() {
  await requireMember();
  const environments = await listEnvironments(database());
  const last = (await cookies()).get(lastEnvironmentCookie)?.value;
  const home = environments.find(({ name }) => name === last) ?? environments[0];
  if (home === undefined) notFound();
  redirect(`/env/${home.name}/settings/api-keys`);
}
