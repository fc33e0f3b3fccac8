import { routePaths } from "@/lib/environment-api/catalog/declared-routes";
import type { OpenApiDocument, PathItem } from "./model";
import { apiKeyScheme, connectSessionScheme, operationsOf, tagNames } from "./operation";
import { errorSchema } from "./responses";

const description = `Send an API key as \`Authorization: Bearer <key>\`.
Each operation names the scope that the key needs; a key without it gets a 403 that names the scope.
Every response has an \`X-Request-Id\`, which is also in the server's log. An empty header counts as absent.`;

/** The path at which the document is served. */
export const documentPath = "/openapi.json";

/** Builds the OpenAPI 3.1 document of the environment API from the route declarations. */
export function openApiDocument(): OpenApiDocument {
  const paths = new Map<string, PathItem>();
  const tags = new Set<string>();
  for (const routePath of routePaths) {
    const operations = operationsOf(routePath);
    paths.set(routePath.path, { ...paths.get(routePath.path), ...Object.fromEntries(operations) });
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
          description: "An API key of the environment. Each operation lists the scope that it requires.",
        },
        [connectSessionScheme]: {
          type: "http",
          scheme: "bearer",
          description:
            "The token of a connect session, for the end user's browser. It expires after 30 minutes.",
        },
      },
      schemas: { Error: errorSchema },
    },
  };
}
