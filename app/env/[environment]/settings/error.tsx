"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** A page of the settings failed: the shell and the tabs stay. */
export default function SettingsError({ retry }: { readonly retry: () => void }) {
  return (
    <Notice role="alert" tone="danger" className="flex flex-wrap items-center justify-between gap-3">
      This page could not be loaded. Perhaps the database does not answer at the moment.
      <Button size="small" onClick={retry}>
        Try again
      </Button>
    </Notice>
  );
}
