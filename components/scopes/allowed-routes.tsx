export type AllowedRoute = {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly withCredentials: boolean;
};

/** The routes that a scope allows. */
export function AllowedRoutes({ routes }: { readonly routes: readonly AllowedRoute[] }) {
  if (routes.length === 0) return <p className="text-ink-3">No routes yet</p>;
  return (
    <ul className="grid content-start gap-1">
      {routes.map(({ method, path, summary, withCredentials }) => (
        <li key={`${method} ${path}`} className="grid grid-cols-[3.75rem_minmax(0,1fr)] text-sm">
          <code className="font-mono text-ink-3">{method}</code>
          <div>
            <code className="break-all font-mono">{path}</code>
            <p className="text-ink-3">
              {summary}
              {withCredentials && ", with credentials"}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
