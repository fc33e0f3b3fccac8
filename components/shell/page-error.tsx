"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** Shown when a page of the dashboard fails, inside its navigation. */
export function PageError({ retry }: { readonly retry: () => void }) {
  return (
    <Notice role="alert" tone="danger" className="flex flex-wrap items-center justify-between gap-3">
      This page could not be loaded. The database may be unavailable.
      <Button size="small" onClick={retry}>
        Try again
      </Button>
    </Notice>
  );
}
