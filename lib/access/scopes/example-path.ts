import type { Grant, Scope } from "./catalog";
import { covers } from "./covers";

/** Paths of GET requests without ids, by the scope that allows them. */
const examplePaths: readonly { readonly scope: Scope; readonly path: string }[] = [
  { scope: "environment:connections:list", path: "/connections" },
  { scope: "environment:integrations:list", path: "/integrations" },
  { scope: "environment:config:read", path: "/environment-variables" },
];

/**
 * Returns the path of a GET that these grants allow, for a first try. Every valid key may list the providers.
 */
export function examplePath(grants: readonly Grant[]): string {
  return examplePaths.find(({ scope }) => covers(grants, scope))?.path ?? "/providers";
}
