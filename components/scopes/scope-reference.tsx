import { CopyText } from "@/components/copy/copy-text";
import { allScopes, fullAccess, includedScope, type Scope, scopeGroups } from "@/lib/access/scopes/catalog";
import { type AllowedRoute, AllowedRoutes } from "./allowed-routes";
import { ScopeName } from "./scope-name";

type ScopeReferenceProps = {
  readonly routesOf: (scope: Scope) => readonly AllowedRoute[];
  readonly anyKeyRoutes: readonly AllowedRoute[];
};

/** All scopes by group, each with the scope that it includes and the routes that it allows. */
export function ScopeReference({ routesOf, anyKeyRoutes }: ScopeReferenceProps) {
  return (
    <section aria-labelledby="all-scopes" className="grid gap-4">
      <h2 id="all-scopes" className="scroll-mt-4 font-semibold">
        All scopes
      </h2>
      {scopeGroups.map((group) => (
        <section
          key={group.name}
          aria-label={group.name}
          className="rounded-card border bg-panel shadow-soft"
        >
          <h3 className="border-b px-4 py-2.5 font-medium">{group.name}</h3>
          <ul>
            {group.scopes.map(({ scope, description }) => (
              <ScopeEntry key={scope} scope={scope} description={description} routes={routesOf(scope)} />
            ))}
          </ul>
        </section>
      ))}
      <section aria-label="Full access" className="rounded-card border bg-panel shadow-soft">
        <h3 className="border-b px-4 py-2.5 font-medium">Full access</h3>
        <div id={fullAccess} className="grid gap-1 px-4 py-3 target:bg-accent-soft">
          <CopyText text={fullAccess} className="text-sm" />
          <p className="text-ink-2">
            Every scope, including ones added later. Selecting all {allScopes.length} scopes does not include
            scopes added later.
          </p>
        </div>
      </section>
      <section aria-label="Any key" className="rounded-card border bg-panel shadow-soft">
        <h3 className="border-b px-4 py-2.5 font-medium">Any valid key, whatever its scopes</h3>
        <div className="px-4 py-3">
          <AllowedRoutes routes={anyKeyRoutes} />
        </div>
      </section>
    </section>
  );
}

type ScopeEntryProps = {
  readonly scope: Scope;
  readonly description: string;
  readonly routes: readonly AllowedRoute[];
};

function ScopeEntry({ scope, description, routes }: ScopeEntryProps) {
  const included = includedScope(scope);
  return (
    <li
      id={scope}
      className="grid scroll-mt-4 gap-x-6 gap-y-2 border-t px-4 py-3 first:border-t-0 target:bg-accent-soft md:grid-cols-2"
    >
      <div className="grid content-start">
        <CopyText text={scope} className="text-sm" />
        <p className="text-ink-2">{description}</p>
        {included !== null && (
          <p className="text-ink-2 text-sm">
            Includes <ScopeName grant={included} />
          </p>
        )}
      </div>
      <AllowedRoutes routes={routes} />
    </li>
  );
}
