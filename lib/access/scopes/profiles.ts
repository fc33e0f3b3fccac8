import { allScopes, fullAccess, type Grant, includedScope, type Scope } from "./catalog";
import { covers } from "./covers";

/** The grants for common uses of the API, to start a selection from. */
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
 * Returns grants in their stored form: each once, in catalog order, without the scopes that another grant
 * covers.
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
 * Formats a set of grants as a short label: by its profile (`formatProfileLabel`), otherwise as the number of
 * scopes that it covers ("3 of 21 scopes").
 */
export function formatGrantsLabel(grants: readonly Grant[]): string {
  const covered = allScopes.filter((scope) => covers(grants, scope));
  return formatProfileLabel(grants) ?? `${covered.length} of ${allScopes.length} scopes`;
}

/**
 * Formats a set of grants as "Full access", as the name of a profile, or as a profile with up to 3 further
 * scopes ("Backend Service + 1"). Null when the grants contain no profile, or more than 3 further scopes.
 */
export function formatProfileLabel(grants: readonly Grant[]): string | null {
  const normal = normalizeGrants(grants);
  if (normal.includes(fullAccess)) return "Full access";
  const covered = new Set<Grant>(normal.flatMap(withIncluded));
  const largestProfile = profiles
    .filter((profile) => profile.slug !== "local-development")
    .filter((profile) => profile.grants.every((grant) => covered.has(grant)))
    .sort((a, b) => b.grants.length - a.grants.length)[0];
  if (largestProfile === undefined) return null;
  const profileGrants = new Set<Grant>(largestProfile.grants);
  const furtherScopes = normal.filter((grant) => !profileGrants.has(grant)).length;
  if (furtherScopes === 0) return largestProfile.name;
  return furtherScopes <= 3 ? `${largestProfile.name} + ${furtherScopes}` : null;
}

function withIncluded(grant: Grant): Grant[] {
  if (grant === fullAccess) return [grant];
  const included = includedScope(grant);
  return included === null ? [grant] : [grant, included];
}
