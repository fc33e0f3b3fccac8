import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FullPage, FullPageCard } from "@/components/shell/full-page";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { safeReturnPath } from "@/lib/dashboard/auth/return-path";
import { currentMember } from "@/lib/dashboard/auth/session";

export const metadata: Metadata = { title: "Sign in" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { callbackUrl } = await searchParams;
  const returnTo = safeReturnPath(typeof callbackUrl === "string" ? callbackUrl : null);
  if ((await currentMember()) !== null) redirect(returnTo);
  return (
    <FullPage>
      <FullPageCard title="Sign in">
        <SignInForm returnTo={returnTo} />
      </FullPageCard>
      <p className="text-center text-ink-3 text-sm">
        No password, or forgot it? Ask an admin for a new one-time link.
      </p>
    </FullPage>
  );
}
