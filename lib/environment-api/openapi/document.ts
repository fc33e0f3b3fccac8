import { routePaths } from "@/lib/environment-api/catalog/declared-routes";
import type { OpenApiDocument, PathItem } from "./model";
import { apiKeyScheme, connectSessionScheme, operationsOf, tagNames } from "./operation";
import { errorSchema } from "./responses";

const description = `Send an API key as \`Authorization: Bearer <key>\`. Each operation names the scope that the key needs;
a key without it gets 403 and the name of the scope. Every answer has an \`X-Request-Id\`, which is also in the server's log.
A header that is empty counts as not sent.`;

/** Where the document is served. */
export const documentPath = "/openapi.json";

/** The environment API as an OpenAPI 3.1 document, made from the routes' own declarations. */
export function openApiDocument(): OpenApiDocument {
  const paths = new Map<string, PathItem>();
  const tags = new Set<string>();
  for (const address of routePaths) {
    const operations = operationsOf(address);
    paths.set(address.path, { ...paths.get(address.path), ...Object.fromEntries(operations) });
    for (const [, operation] of operations) for (const tag of operation.tags) tags.add(tag);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Latchkey environment API", version: "1.0.0", description },
    servers: [{ url: "/" }],
    tags: tagNames.filter((name) => tags.has(name)).map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        [apiKeyScheme]: {
          type: "http",
          scheme: "bearer",
          description:
            "An API key of the environment. The list of an operation names the scope that it needs.",
        },
        [connectSessionScheme]: {
          type: "http",
          scheme: "bearer",
          description: "The token of a connect session, for the end user's browser. It lasts 30 minutes.",
        },
      },
      schemas: { Error: errorSchema },
    },
  };
}
