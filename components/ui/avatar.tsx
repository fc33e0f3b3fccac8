import { cn } from "./cn";

/** The first two letters of a name. Decoration: the name is beside it. */
export function Avatar({ name, className }: { readonly name: string; readonly className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-[0.6875rem] text-accent",
        className,
      )}
    >
      {name.slice(0, 2).toUpperCase()}
    </span>
  );
}
