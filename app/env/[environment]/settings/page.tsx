import { redirect } from "next/navigation";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";

export default async function SettingsPage({
  params,
}: {
  readonly params: Promise<{ environment: string }>;
}) {
  const { environment } = await requireEnvironment((await params).environment);
  redirect(`/env/${environment.name}/settings/api-keys`);
}
