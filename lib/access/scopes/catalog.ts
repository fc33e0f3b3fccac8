/**
 * The catalog of scopes: their names, groups and descriptions, and which scope includes which. The server,
 * the scope picker, the documentation and the tests read it. No other file lists the scopes.
 */
export const scopeGroups = [
  {
    name: "Integrations",
    scopes: [
      {
        scope: "environment:integrations:list",
        description: "List integrations (no credentials)",
        ability: "list integrations",
      },
      {
        scope: "environment:integrations:list_credentials",
        description: "List integrations with client credentials",
        ability: "list integrations with their client credentials",
        includes: "environment:integrations:list",
      },
      {
        scope: "environment:integrations:read",
        description: "Read a single integration (no credentials)",
        ability: "read single integrations",
      },
      {
        scope: "environment:integrations:read_credentials",
        description: "Read a single integration with client credentials",
        ability: "read single integrations with their client credentials",
        includes: "environment:integrations:read",
      },
      {
        scope: "environment:integrations:write",
        description: "Create, update, delete integrations",
        ability: "create and change integrations",
      },
    ],
  },
  {
    name: "Connections",
    scopes: [
      {
        scope: "environment:connections:list",
        description: "List connections (no credentials)",
        ability: "list connections",
      },
      {
        scope: "environment:connections:list_credentials",
        description: "List connections with access/refresh tokens",
        ability: "list connections with their tokens",
        includes: "environment:connections:list",
      },
      {
        scope: "environment:connections:read",
        description: "Read a single connection (no credentials)",
        ability: "read single connections",
      },
      {
        scope: "environment:connections:read_credentials",
        description: "Read a single connection with access/refresh tokens",
        ability: "read single connections with their tokens",
        includes: "environment:connections:read",
      },
      {
        scope: "environment:connections:write",
        description: "Create, update, delete connections and metadata",
        ability: "create and change connections",
      },
    ],
  },
  {
    name: "Connect Sessions",
    scopes: [
      {
        scope: "environment:connect_sessions:write",
        description: "Create and reconnect sessions for the Connect UI auth flow",
        ability: "open Connect UI sessions",
      },
    ],
  },
  {
    name: "Syncs",
    scopes: [
      {
        scope: "environment:syncs:read",
        description: "Read sync status",
        ability: "see the status of syncs",
      },
      {
        scope: "environment:syncs:execute",
        description: "Trigger, pause, start syncs",
        ability: "trigger and pause syncs",
      },
      {
        scope: "environment:syncs:manage",
        description: "Update sync frequency, create/delete sync variants",
        ability: "reschedule syncs",
      },
    ],
  },
  {
    name: "Deploy",
    scopes: [
      {
        scope: "environment:deploy",
        description: "Deploy syncs and actions via CLI or API",
        ability: "deploy syncs and actions",
      },
    ],
  },
  {
    name: "Records",
    scopes: [
      { scope: "environment:records:read", description: "Read synced records", ability: "read records" },
      { scope: "environment:records:write", description: "Prune records", ability: "prune records" },
    ],
  },
  {
    name: "Actions",
    scopes: [
      {
        scope: "environment:actions:execute",
        description: "Trigger actions and read action results",
        ability: "trigger actions",
      },
    ],
  },
  {
    name: "Proxy",
    scopes: [
      {
        scope: "environment:proxy",
        description: "Send proxy requests to external APIs through Latchkey",
        ability: "call external APIs through the proxy",
      },
    ],
  },
  {
    name: "Config",
    scopes: [
      {
        scope: "environment:config:read",
        description: "Read environment variables and scripts config",
        ability: "read environment variables",
      },
    ],
  },
  {
    name: "MCP",
    scopes: [
      { scope: "environment:mcp", description: "Access the MCP endpoint", ability: "use the MCP endpoint" },
    ],
  },
] as const;

export type ScopeGroup = (typeof scopeGroups)[number];
export type ScopeGroupName = ScopeGroup["name"];
export type Scope = ScopeGroup["scopes"][number]["scope"];

export type ScopeEntry = {
  readonly scope: Scope;
  readonly group: ScopeGroupName;
  readonly description: string;
  /** Completes the sentence "This key can ..." for a key with the scope. */
  readonly ability: string;
  /**
   * The scope that this one covers besides itself: `connections:read_credentials` includes
   * `connections:read`. Null if there is none.
   */
  readonly includes: Scope | null;
};

export const scopeEntries: readonly ScopeEntry[] = scopeGroups.flatMap((group) =>
  group.scopes.map((entry) => ({
    scope: entry.scope,
    group: group.name,
    description: entry.description,
    ability: entry.ability,
    includes: "includes" in entry ? entry.includes : null,
  })),
);

export const allScopes: readonly Scope[] = scopeEntries.map((entry) => entry.scope);

/** Full access. Stored as this value: an empty or missing list never means Full access. */
export const fullAccess = "environment:*";

/** A grant of a key: a scope of the catalog, or Full access. */
export type Grant = Scope | typeof fullAccess;

const grants: ReadonlySet<string> = new Set<string>([...allScopes, fullAccess]);

export function isGrant(value: string): value is Grant {
  return grants.has(value);
}

export function isScope(value: string): value is Scope {
  return value !== fullAccess && grants.has(value);
}

const byScope = new Map(scopeEntries.map((entry) => [entry.scope, entry]));

/** Returns the scope that `scope` covers besides itself; null if there is none. */
export function includedScope(scope: Scope): Scope | null {
  return byScope.get(scope)?.includes ?? null;
}
