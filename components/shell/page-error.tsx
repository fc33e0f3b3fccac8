"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** A page of the dashboard failed: what stands around it stays. */
export function PageError({ retry }: { readonly retry: () => void }) {
  return (
    <Notice role="alert" tone="danger" className="flex flex-wrap items-center justify-between gap-3">
      This page could not be loaded. Perhaps the database does not answer at the moment.
      <Button size="small" onClick={retry}>
        Try again
      </Button>
    </Notice>
  );
}
