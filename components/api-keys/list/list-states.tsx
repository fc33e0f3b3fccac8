import { KeyRoundIcon } from "lucide-react";
import { StateCard } from "@/components/shell/state-card";
import { Button } from "@/components/ui/button";

export function NoKeys({
  environment,
  canManage,
}: {
  readonly environment: string;
  readonly canManage: boolean;
}) {
  return (
    <StateCard icon={<KeyRoundIcon aria-hidden />} title={`No API keys in ${environment}`}>
      <p className="max-w-md text-ink-2">
        Every request to this environment gets 401 until it has a key.{" "}
        {canManage
          ? "Create one above and give it only the scopes its app needs."
          : "Ask an admin to create one."}
      </p>
    </StateCard>
  );
}

export function NoMatchingKeys({ onClear }: { readonly onClear: () => void }) {
  return (
    <StateCard icon={<KeyRoundIcon aria-hidden />} title="No keys found">
      <p className="text-ink-2">No key matches this search and filter.</p>
      <Button size="small" onClick={onClear}>
        Show all keys
      </Button>
    </StateCard>
  );
}
