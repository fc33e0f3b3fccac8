import { cn } from "@/components/ui/cn";

type Props = { readonly name: string; readonly isProduction: boolean };

/** An environment's name and kind. Production has its own text and color. */
export function EnvironmentLabel({ name, isProduction }: Props) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <span
        aria-hidden
        className={cn("size-2 shrink-0 rounded-full", isProduction ? "bg-warn" : "bg-accent")}
      />
      <span className="grid min-w-0 text-left">
        <span className="truncate font-medium text-ink">{name}</span>
        <span className={cn("text-[0.78125rem] leading-4", isProduction ? "text-warn-ink" : "text-ink-3")}>
          {isProduction ? "Production" : "Development"}
        </span>
      </span>
    </span>
  );
}
