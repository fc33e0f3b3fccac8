/** A page's position in the dashboard. */
export function Breadcrumb({ parts }: { readonly parts: readonly string[] }) {
  return (
    <nav aria-label="Breadcrumb" className="text-ink-2 text-sm">
      <ol className="flex flex-wrap gap-x-2">
        {parts.map((part, index) => (
          <li key={part} className="flex gap-2">
            {index > 0 && (
              <span aria-hidden className="text-ink-3">
                /
              </span>
            )}
            <span className="break-all">{part}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
