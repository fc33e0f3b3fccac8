import type { Grant } from "@/lib/access/scopes/catalog";
import { examplePath } from "@/lib/access/scopes/example-path";

/**
 * A text to paste into an app. `text` inserts the key: its mask for the page, its secret for the clipboard.
 */
export type Snippet = { readonly name: string; readonly text: (key: string) => string };

/** Returns the environment variable from which the `nango` CLI reads the key of an environment. */
export function variableName(environment: string): string {
  return `NANGO_SECRET_KEY_${environment.toUpperCase()}`;
}

/** Returns the snippets for a key. `origin` is the origin of the API, without a trailing slash. */
export function snippetsFor(environment: string, origin: string, grants: readonly Grant[]): Snippet[] {
  const path = examplePath(grants);
  const variable = variableName(environment);
  // A shell variable cannot contain a hyphen. The CLI also reads NANGO_SECRET_KEY, without the environment.
  const shellVariable = /^\w+$/.test(variable) ? variable : "NANGO_SECRET_KEY";
  return [
    { name: "curl", text: (key) => `curl ${origin}${path} \\\n  -H "Authorization: Bearer ${key}"` },
    {
      name: "Node client",
      text: (key) =>
        `import { Nango } from '@nangohq/node';\n\nconst nango = new Nango({\n  host: '${origin}',\n  secretKey: '${key}',\n});`,
    },
    { name: ".env", text: (key) => `${variable}=${key}` },
    {
      name: "CLI",
      text: (key) =>
        `NANGO_HOSTPORT=${origin} \\\n${shellVariable}=${key} \\\nnpx nango deploy ${environment}`,
    },
  ];
}
