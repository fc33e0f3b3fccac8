import { allScopes, fullAccess, type Grant, includedScope, type Scope } from "./catalog";

/** Named sets of grants to start a selection from: the advised profiles of the documentation, verbatim. */
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

/** Scopes that each command of the `nango` CLI requires (docs/environment-api.md, section 4). */
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

/**
 * Returns grants in their stored form: each once, in catalog order, without scopes that another one includes.
 */
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
 * Formats a set of grants as a short label: "Full access", a profile's name, a profile with up to 3 further
 * scopes ("Backend Service + 1"), or a count ("3 of 21 scopes").
 */
export function formatGrantsLabel(grants: readonly Grant[]): string {
  const normal = normalizeGrants(grants);
  if (normal.includes(fullAccess)) return "Full access";
  const covered = new Set<Grant>(normal.flatMap(withIncluded));
  const base = profiles
    .filter((profile) => profile.slug !== "local-development")
    .filter((profile) => profile.grants.every((grant) => covered.has(grant)))
    .sort((a, b) => b.grants.length - a.grants.length)[0];
  if (base !== undefined) {
    const profileGrants = new Set<Grant>(base.grants);
    const added = normal.filter((grant) => !profileGrants.has(grant)).length;
    if (added === 0) return base.name;
    if (added <= 3) return `${base.name} + ${added}`;
  }
  return `${covered.size} of ${allScopes.length} scopes`;
}

function withIncluded(grant: Grant): Grant[] {
  if (grant === fullAccess) return [grant];
  const included = includedScope(grant);
  return included === null ? [grant] : [grant, included];
}
