import { Fragment } from "react";
import { ScopeLink } from "@/components/scopes/scope-link";
import type { Scope } from "@/lib/access/scopes/catalog";

type ScopeHintProps = {
  readonly environment: string;
  readonly scopes: { readonly read: readonly Scope[]; readonly credentials: readonly Scope[] };
};

/** Names the scopes that allow reading the data of the page. */
export function ScopeHint({ environment, scopes }: ScopeHintProps) {
  return (
    <p className="text-ink-2 text-sm">
      Requires <Scopes environment={environment} scopes={scopes.read} />; credentials require{" "}
      <Scopes environment={environment} scopes={scopes.credentials} />.
    </p>
  );
}

function Scopes({
  environment,
  scopes,
}: {
  readonly environment: string;
  readonly scopes: readonly Scope[];
}) {
  return scopes.map((scope, index) => (
    <Fragment key={scope}>
      {index > 0 && " or "}
      <ScopeLink environment={environment} scope={scope} />
    </Fragment>
  ));
}
