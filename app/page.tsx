import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { requireMember } from "@/lib/auth/session";
import { database } from "@/lib/db/client";
import { lastEnvironmentCookie } from "@/lib/environments/last";
import { listEnvironments } from "@/lib/environments/store";

/** Home is the environment chosen last, or the first. */
export default async function HomePage() {
  await requireMember();
  const environments = await listEnvironments(database());
  const last = (await cookies()).get(lastEnvironmentCookie)?.value;
  const home = environments.find(({ name }) => name === last) ?? environments[0];
  if (home === undefined) notFound();
  redirect(`/env/${home.name}/settings/api-keys`);
}
