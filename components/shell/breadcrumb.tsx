/** The position of a page in the dashboard: the names of its section and of the levels above it. */
export function Breadcrumb({ names }: { readonly names: readonly string[] }) {
  return (
    <nav aria-label="Breadcrumb" className="text-ink-2 text-sm">
      <ol className="flex flex-wrap gap-x-2">
        {names.map((name, index) => (
          <li key={name} className="flex gap-2">
            {index > 0 && (
              <span aria-hidden className="text-ink-3">
                /
              </span>
            )}
            <span className="break-all">{name}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
