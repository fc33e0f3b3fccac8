import type { Metadata } from "next";
import Link from "next/link";
import { FullPage, FullPageCard } from "@/components/shell/full-page";
import { SetupForm } from "@/components/sign-in/setup-form";
import { Button } from "@/components/ui/button";
import { readSetupLink } from "@/lib/access/members/setup-link";
import { database } from "@/lib/infrastructure/db/client";

// The URL holds a one-time secret, so no other site may get it in a Referer header.
export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SetupPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const linkToken = typeof token === "string" ? token : "";
  const link = await readSetupLink(database(), linkToken, new Date());
  if (!link.ok) return <InvalidLink />;
  const { email } = link.value;
  const lead =
    email === null
      ? "Create the first admin. You can add members after you sign in."
      : "Choose the password you sign in with.";
  return (
    <FullPage>
      <FullPageCard title={email === null ? "Set up Latchkey" : "Choose a password"} lead={lead}>
        <SetupForm token={linkToken} email={email} />
      </FullPageCard>
    </FullPage>
  );
}

function InvalidLink() {
  return (
    <FullPage>
      <FullPageCard
        title="This link does not work"
        lead="A link works once, for 24 hours, until a newer one is created. If you have a password, sign in. If not, ask an admin for a new link. The link for the first admin is printed when Latchkey starts."
      >
        <Button asChild>
          <Link href="/signin">Sign in</Link>
        </Button>
      </FullPageCard>
    </FullPage>
  );
}
