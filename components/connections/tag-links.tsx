import Link from "next/link";

type Props = { readonly environment: string; readonly tags: Readonly<Record<string, string>> };

/** Tags, each linked to all connections that have it. */
export function TagLinks({ environment, tags }: Props) {
  const entries = Object.entries(tags);
  if (entries.length === 0) return <span className="text-ink-3">None</span>;
  return (
    <ul className="flex min-w-0 flex-wrap gap-1">
      {entries.map(([name, value]) => (
        <li key={name} className="min-w-0 max-w-full">
          <Link
            href={{ pathname: `/env/${environment}/connections`, query: { tag: `${name}=${value}` } }}
            className="inline-block max-w-full break-all rounded-[6px] border px-1.5 py-px font-mono text-[0.78125rem] text-ink-2 leading-[1.125rem] hover:border-line-strong hover:text-ink"
          >
            {name}={value}
          </Link>
        </li>
      ))}
    </ul>
  );
}
