import type { Grant, Scope } from "./catalog";
import { covers } from "./covers";

/** Calls that need no ids, by the scope that allows them. */
const examplePaths: readonly { readonly scope: Scope; readonly path: string }[] = [
  { scope: "environment:connections:list", path: "/connections" },
  { scope: "environment:integrations:list", path: "/integrations" },
  { scope: "environment:config:read", path: "/environment-variables" },
];

/** The path of a GET that a key with these grants may try first; any valid key may read the providers. */
export function examplePath(grants: readonly Grant[]): string {
  return examplePaths.find(({ scope }) => covers(grants, scope))?.path ?? "/providers";
}
