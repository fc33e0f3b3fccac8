"use client";

import { FullPage, FullPageCard } from "@/components/shell/full-page";
import { Button } from "@/components/ui/button";

/** Shown when a page outside the dashboard fails. The cause is in the server log under the digest. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <FullPage>
      <FullPageCard
        title="This page could not be loaded"
        lead="The database may be unavailable. Nothing was changed."
      >
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        {digest !== null && <p className="text-ink-3 text-sm">Error ID in the server log: {digest}</p>}
      </FullPageCard>
    </FullPage>
  );
}
