import { TriangleAlertIcon } from "lucide-react";
import { ListDeniedError } from "@/components/api-keys/queries/keys-query";
import { StateCard } from "@/components/shell/state-card";
import { Button } from "@/components/ui/button";

type ListErrorProps = { readonly error: Error; readonly isRetrying: boolean; readonly onRetry: () => void };

/** Shown when the list could not be read, so that an error never looks like an empty list. */
export function ListError({ error, isRetrying, onRetry }: ListErrorProps) {
  if (error instanceof ListDeniedError) return <ListDenied status={error.status} />;
  return (
    <div role="alert">
      <StateCard icon={<TriangleAlertIcon aria-hidden />} title="The keys could not be loaded">
        <p className="max-w-md text-ink-2">
          The server returned an error or did not respond. Your keys keep working.
        </p>
        <Button size="small" onClick={onRetry} disabled={isRetrying}>
          {isRetrying ? "Trying again…" : "Try again"}
        </Button>
      </StateCard>
    </div>
  );
}

function ListDenied({ status }: { readonly status: number }) {
  return (
    <div role="alert">
      <StateCard
        icon={<TriangleAlertIcon aria-hidden />}
        title={
          status === 404 ? "This environment no longer exists" : "You no longer have access to these keys"
        }
      >
        <p className="max-w-md text-ink-2">
          {status === 401
            ? "You are signed out. Your session ended or an admin changed your access."
            : "Ask an admin if you need access."}
        </p>
        <Button size="small" asChild>
          <a href="/">{status === 401 ? "Sign in" : "Go to your environments"}</a>
        </Button>
      </StateCard>
    </div>
  );
}
