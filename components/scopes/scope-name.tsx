import type { Grant } from "@/lib/access/scopes/catalog";

/** A scope's name, linked to its entry on the same page. */
export function ScopeName({ grant }: { readonly grant: Grant }) {
  return (
    <a
      href={`#${grant}`}
      className="break-all font-mono text-sm underline decoration-line-strong underline-offset-3 hover:decoration-ink"
    >
      {grant}
    </a>
  );
}
