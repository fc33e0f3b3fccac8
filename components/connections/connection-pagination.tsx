import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { ConnectionListQuery } from "@/lib/upstream/connections/view";

type Props = {
  readonly path: string;
  readonly view: ConnectionListQuery;
  /** The id that the next page begins behind; null when this is the last. */
  readonly nextBefore: number | null;
  readonly total: number;
};

/** How many there are, and the way to older ones and back to the newest. */
export function ConnectionPagination({ path, view, nextBefore, total }: Props) {
  const { before, ...asked } = view;
  return (
    <nav aria-label="Pages of connections" className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-ink-2 text-sm tabular-nums">
        {total === 1 ? "1 connection" : `${total.toLocaleString("en")} connections`}, newest first
      </p>
      <div className="flex gap-2">
        {before !== undefined && (
          <Button asChild>
            <Link href={{ pathname: path, query: asked }}>Newest</Link>
          </Button>
        )}
        {nextBefore !== null && (
          <Button asChild>
            <Link href={{ pathname: path, query: { ...asked, before: nextBefore } }}>Older</Link>
          </Button>
        )}
      </div>
    </nav>
  );
}
