import type { Metadata } from "next";
import Link from "next/link";
import { FullPage, FullPageCard } from "@/components/shell/full-page";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFoundPage() {
  return (
    <FullPage>
      <FullPageCard title="Page not found" lead="The link is wrong or the page was deleted.">
        <Button asChild>
          <Link href="/" prefetch={false}>
            Go to your environments
          </Link>
        </Button>
      </FullPageCard>
    </FullPage>
  );
}
