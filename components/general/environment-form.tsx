"use client";

import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { ErrorNotice } from "@/components/shell/error-notice";
import { useServerAction } from "@/components/shell/use-server-action";
import { Button } from "@/components/ui/button";
import type { Environment } from "@/lib/access/environments/model";
import { changeEnvironmentAction } from "@/lib/dashboard/server-actions/environments";
import { EnvironmentFields, readEnvironmentValues } from "./environment-fields";

/** Name and production flag of an environment, for admins. */
export function EnvironmentForm({ environment }: { readonly environment: Environment }) {
  const router = useRouter();
  const change = useServerAction(changeEnvironmentAction, (changed) => {
    toast.success("Saved");
    if (changed.name === environment.name) router.refresh();
    else location.assign(`/env/${changed.name}?section=general`);
  });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const values = readEnvironmentValues(new FormData(event.currentTarget));
        change.run({ environment: environment.name, ...values });
      }}
    >
      <EnvironmentFields
        id="environment"
        name={environment.name}
        isProduction={environment.isProduction}
        error={change.error?.fields?.name}
      />
      <ErrorNotice error={change.error} />
      <div>
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {change.isPending ? "Saving…" : "Save"}
        </Button>
      </div>
    </form>
  );
}
