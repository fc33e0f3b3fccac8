import { LinkIcon } from "lucide-react";
import Link from "next/link";
import { StateCard } from "@/components/shell/state-card";
import { Button } from "@/components/ui/button";

type Props = {
  readonly environment: string;
  readonly path: string;
  /** True for a search, a filter or a later page: the result can be empty although there are connections. */
  readonly isFiltered: boolean;
};

/** The empty state: no connections at all, or none that match. */
export function NoConnections({ environment, path, isFiltered }: Props) {
  if (isFiltered) {
    return (
      <StateCard icon={<LinkIcon aria-hidden />} title="No connections found">
        <p className="text-ink-2">No connection on this page matches this search.</p>
        <Button size="small" asChild>
          <Link href={path}>Show all connections</Link>
        </Button>
      </StateCard>
    );
  }
  return (
    <StateCard icon={<LinkIcon aria-hidden />} title={`No connections in ${environment}`}>
      <p className="max-w-md text-ink-2">
        Connections are created when an end user connects an account, or when an app imports one with{" "}
        <code className="font-mono text-sm">POST /connections</code>.
      </p>
    </StateCard>
  );
}
