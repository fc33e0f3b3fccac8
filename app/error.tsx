"use client";

import { FullPage, FullPageCard } from "@/components/shell/full-page";
import { Button } from "@/components/ui/button";

/** What went wrong is in the log; here is what to do. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <FullPage>
      <FullPageCard
        title="This page could not be loaded"
        lead="Perhaps the database does not answer at the moment. Nothing was changed."
      >
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        {digest !== null && <p className="text-ink-3 text-sm">For the log: {digest}</p>}
      </FullPageCard>
    </FullPage>
  );
}
