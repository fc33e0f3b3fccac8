import { LinkIcon } from "lucide-react";
import Link from "next/link";
import { StateCard } from "@/components/shell/state-card";
import { Button } from "@/components/ui/button";

type Props = {
  readonly environment: string;
  readonly path: string;
  /** Is there a filter, or a page, that could show none although there are some? */
  readonly isFiltered: boolean;
};

/** Nothing to list: because there is nothing, or because nothing is found. */
export function NoConnections({ environment, path, isFiltered }: Props) {
  if (isFiltered) {
    return (
      <StateCard icon={<LinkIcon aria-hidden />} title="No connection found">
        <p className="text-ink-2">Nothing matches this search, on this page.</p>
        <Button size="small" asChild>
          <Link href={path}>Show all connections</Link>
        </Button>
      </StateCard>
    );
  }
  return (
    <StateCard icon={<LinkIcon aria-hidden />} title={`No connections in ${environment}`}>
      <p className="max-w-md text-ink-2">
        One appears when an end user connects through a connect session, or when an app imports it with{" "}
        <code className="font-mono text-sm">POST /connections</code>.
      </p>
    </StateCard>
  );
}
