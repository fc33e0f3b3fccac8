import type { Metadata } from "next";
import Link from "next/link";
import { FullPage, FullPageCard } from "@/components/shell/full-page";
import { SetupForm } from "@/components/sign-in/setup-form";
import { Button } from "@/components/ui/button";
import { readSetupLink } from "@/lib/access/members/setup-link";
import { database } from "@/lib/infrastructure/db/client";

// The address holds a one-time secret: no other site may learn it from a referrer.
export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SetupPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const given = typeof token === "string" ? token : "";
  const link = await readSetupLink(database(), given, new Date());
  if (!link.ok) return <InvalidLink />;
  const { email } = link.value;
  const lead =
    email === null
      ? "You are the first admin. You can add others once you are in."
      : "Choose the password you will sign in with.";
  return (
    <FullPage>
      <FullPageCard title={email === null ? "Set up Latchkey" : "Choose a password"} lead={lead}>
        <SetupForm token={given} email={email} />
      </FullPageCard>
    </FullPage>
  );
}

function InvalidLink() {
  return (
    <FullPage>
      <FullPageCard
        title="This link does not work"
        lead="A link works once, for 24 hours, and a newer one ends it. If you have a password, sign in. If not, ask an admin for a new link; the first admin's is printed when Latchkey starts."
      >
        <Button asChild>
          <Link href="/signin">Sign in</Link>
        </Button>
      </FullPageCard>
    </FullPage>
  );
}
