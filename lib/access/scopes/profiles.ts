import { allScopes, fullAccess, type Grant, includedScope, type Scope } from "./catalog";

/** Named starting selections: the seed's "Advised Profiles", word for word. */
export const profiles = [
  {
    slug: "auth",
    name: "Auth (Connect UI)",
    purpose: "For backends that create connect sessions for the auth flow",
    grants: ["environment:connect_sessions:write"],
  },
  {
    slug: "ci-cd-deploy",
    name: "CI/CD Deploy",
    purpose: "For CI/CD pipelines deploying syncs and actions to production",
    grants: ["environment:deploy"],
  },
  {
    slug: "backend-service",
    name: "Backend Service",
    purpose: "For backend services that consume data, trigger actions, and proxy requests",
    grants: [
      "environment:connections:read",
      "environment:records:read",
      "environment:actions:execute",
      "environment:syncs:execute",
      "environment:proxy",
    ],
  },
  {
    slug: "local-development",
    name: "Local Development",
    purpose: "For local development: a Full access key",
    grants: [fullAccess],
  },
] as const satisfies readonly {
  readonly slug: string;
  readonly name: string;
  readonly purpose: string;
  readonly grants: readonly Grant[];
}[];

export type Profile = (typeof profiles)[number];
export type ProfileSlug = Profile["slug"];

/** What each command of the `nango` CLI needs (seed: "CLI"). */
export const cliRequirements = [
  { command: "nango deploy", scopes: ["environment:deploy"] },
  {
    command: "nango dryrun",
    scopes: [
      "environment:connections:read_credentials",
      "environment:integrations:read",
      "environment:proxy",
    ],
  },
] as const satisfies readonly { readonly command: string; readonly scopes: readonly Scope[] }[];

/** The stored form of a selection: known grants once each, in catalogue order, contained scopes left out. */
export function normalizeGrants(grants: readonly Grant[]): Grant[] {
  if (grants.includes(fullAccess)) return [fullAccess];
  const chosen = new Set<Grant>(grants);
  for (const scope of allScopes) {
    const included = includedScope(scope);
    if (included !== null && chosen.has(scope)) chosen.delete(included);
  }
  return allScopes.filter((scope) => chosen.has(scope));
}

/**
 * How a set of grants is named wherever it is shown: "Full access", a profile's name, a profile and what was added
 * ("Backend Service + 1"), or a count ("3 of 21 scopes").
 */
export function formatGrantsLabel(grants: readonly Grant[]): string {
  const normal = normalizeGrants(grants);
  if (normal.includes(fullAccess)) return "Full access";
  const held = new Set<Grant>(normal.flatMap(withIncluded));
  const start = profiles
    .filter((profile) => profile.slug !== "local-development")
    .filter((profile) => profile.grants.every((grant) => held.has(grant)))
    .sort((a, b) => b.grants.length - a.grants.length)[0];
  if (start !== undefined) {
    const own = new Set<Grant>(start.grants);
    const added = normal.filter((grant) => !own.has(grant)).length;
    if (added === 0) return start.name;
    if (added <= 3) return `${start.name} + ${added}`;
  }
  return `${held.size} of ${allScopes.length} scopes`;
}

function withIncluded(grant: Grant): Grant[] {
  if (grant === fullAccess) return [grant];
  const included = includedScope(grant);
  return included === null ? [grant] : [grant, included];
}
