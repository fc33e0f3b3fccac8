import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A card around a table. A wide table scrolls inside the card, not the page. */
export function TableCard({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn("relative overflow-x-auto rounded-card border bg-panel shadow-soft", className)}
      {...props}
    />
  );
}

export function Table({ className, ...props }: ComponentProps<"table">) {
  return <table className={cn("w-full border-collapse text-left", className)} {...props} />;
}

export function TableHead({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn("h-10 whitespace-nowrap px-4 font-medium text-ink-3 text-sm", className)}
      {...props}
    />
  );
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("border-t", className)} {...props} />;
}

export function TableCell({ className, ...props }: ComponentProps<"td">) {
  return <td className={cn("px-4 py-2.5 align-middle", className)} {...props} />;
}
