import { cn } from "@/components/ui/cn";
import { moveFocus } from "@/components/ui/move-focus";
import { keyActivityLabels } from "@/lib/access/api-keys/key-activity";
import { type Filter, filters } from "./list-view";

type FilterChipsProps = {
  readonly counts: Readonly<Record<Filter, number>>;
  readonly selected: Filter;
  readonly onChoose: (filter: Filter) => void;
};

const names = { all: "All", ...keyActivityLabels } as const satisfies Record<Filter, string>;

/** Filters by activity. "Expired" is offered only while a key has expired or this filter is selected. */
export function FilterChips({ counts, selected, onChoose }: FilterChipsProps) {
  const available = filters.filter(
    (filter) => filter !== "expired" || counts.expired > 0 || selected === filter,
  );
  return (
    <fieldset
      onKeyDown={(event) => moveFocus(event, "button")}
      className="flex max-w-full flex-wrap gap-0.5 rounded-[10px] bg-raised p-0.5"
    >
      <legend className="sr-only">Show</legend>
      {available.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={filter === selected}
          onClick={() => onChoose(filter)}
          className={cn(
            "h-8 whitespace-nowrap rounded-control px-2.5 text-ink-2 text-sm tabular-nums transition-colors hover:text-ink",
            filter === selected && "bg-panel font-medium text-ink shadow-soft",
          )}
        >
          {names[filter]} {counts[filter]}
        </button>
      ))}
    </fieldset>
  );
}
