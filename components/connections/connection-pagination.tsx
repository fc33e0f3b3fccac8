import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { ConnectionListQuery } from "@/lib/upstream/connections/view";

type Props = {
  readonly path: string;
  readonly view: ConnectionListQuery;
  /** The id of the last connection on this page, after which the next page starts; null on the last page. */
  readonly nextBefore: number | null;
  readonly total: number;
};

/** The number of connections, and links to older ones and back to the newest. */
export function ConnectionPagination({ path, view, nextBefore, total }: Props) {
  const { before, ...filter } = view;
  return (
    <nav aria-label="Connection pages" className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-ink-2 text-sm tabular-nums">
        {total === 1 ? "1 connection" : `${total.toLocaleString("en")} connections`}, newest first
      </p>
      <div className="flex gap-2">
        {before !== undefined && (
          <Button asChild>
            <Link href={{ pathname: path, query: filter }}>Newest</Link>
          </Button>
        )}
        {nextBefore !== null && (
          <Button asChild>
            <Link href={{ pathname: path, query: { ...filter, before: nextBefore } }}>Older</Link>
          </Button>
        )}
      </div>
    </nav>
  );
}
