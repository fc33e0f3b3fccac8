import { scopeEntries, scopeGroups } from "@/lib/access/scopes/catalog";
import type { RoutePath } from "@/lib/environment-api/catalog/declared-routes";
import { anyMethod, anyValidKey, connectSessionOnly, type Route } from "@/lib/environment-api/pipeline/route";
import { type HttpMethod, httpMethods, type Operation, type Parameter, type RequestBody } from "./model";
import { responsesOf } from "./responses";
import { isEmptyObjectSchema, toJsonSchema, toParameters } from "./schema";

/** The name of the security scheme of API keys. */
export const apiKeyScheme = "apiKey";

/** The name of the security scheme of connect session tokens. */
export const connectSessionScheme = "connectSession";

const anyKeyTag = "Any valid key";
const connectSessionTag = "Connect session";

/** Every tag, in the order of the scope catalog. */
export const tagNames: readonly string[] = [
  ...scopeGroups.map(({ name }) => name),
  connectSessionTag,
  anyKeyTag,
];

const groupOfScope = new Map<string, string>(scopeEntries.map(({ scope, group }) => [scope, group]));

/** Returns the tag of a route: the group of its scope. */
function tagOf({ scope }: Route): string {
  if (scope === connectSessionOnly) return connectSessionTag;
  return groupOfScope.get(scope) ?? anyKeyTag;
}

/** Lists the ways to authenticate, one of which is enough, with the scope that a key needs. */
function securityOf({ scope, acceptsConnectSessions }: Route): Operation["security"] {
  const withSession = { [connectSessionScheme]: [] };
  if (scope === connectSessionOnly) return [withSession];
  const withKey = { [apiKeyScheme]: scope === anyValidKey ? [] : [scope] };
  return acceptsConnectSessions === true ? [withKey, withSession] : [withKey];
}

/**
 * Builds the operations of a route at one of its paths: one for each method, or all that OpenAPI can
 * describe.
 */
export function operationsOf({ route, path, aliasOf }: RoutePath): [HttpMethod, Operation][] {
  const body = requestBodyOf(route);
  return methodsOf(route).map((method) => [
    method,
    {
      operationId: operationId(method, path),
      summary: route.summary,
      ...descriptionOf(route, aliasOf),
      tags: [tagOf(route)],
      ...(aliasOf !== null && ({ deprecated: true } as const)),
      security: securityOf(route),
      parameters: parametersOf(route, path),
      // Content in a GET request has no defined semantics (RFC 9110, 9.3.1), and the server does not read it.
      ...(body !== null && !methodsWithoutBody.has(method) && { requestBody: body }),
      responses: responsesOf(route),
    },
  ]);
}

const methodsWithoutBody: ReadonlySet<HttpMethod> = new Set(["get", "head", "trace"]);

function methodsOf({ method }: Route): readonly HttpMethod[] {
  return method === anyMethod ? httpMethods : httpMethods.filter((name) => name === method.toLowerCase());
}

/** Derives an id: `get` and `/connections/{connectionId}` give `getConnectionsByConnectionId`. */
function operationId(method: HttpMethod, path: string): string {
  const segments = path.split("/").flatMap((part) => {
    const parameter = /^\{(\w+)\}$/.exec(part)?.[1];
    return parameter === undefined ? part.split(/\W+/) : ["by", parameter];
  });
  return method + segments.map((segment) => segment.slice(0, 1).toUpperCase() + segment.slice(1)).join("");
}

function descriptionOf(route: Route, aliasOf: string | null): { readonly description?: string } {
  const sentences = [
    ...(aliasOf === null ? [] : [`An older path of ${aliasOf}.`]),
    ...(route.credentialsScope === undefined
      ? []
      : [`With ${route.credentialsScope} the response also includes the credentials.`]),
    ...(route.destinationScopes === undefined
      ? []
      : [`Only with ${route.destinationScopes.join(" and ")} can stored secrets be sent to another host.`]),
    ...(route.method === anyMethod
      ? ["Accepts every HTTP method. The rest of the path may contain slashes and is forwarded unchanged."]
      : []),
  ];
  return sentences.length === 0 ? {} : { description: sentences.join(" ") };
}

function parametersOf(route: Route, path: string): Parameter[] {
  const declared = toParameters(route.params, "path");
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]): Parameter => {
    const parameter = declared.find((candidate) => candidate.name === name);
    return parameter ?? { name, in: "path", required: true, schema: { type: "string" } };
  });
  return [...inPath, ...toParameters(route.query, "query"), ...toParameters(route.headers, "header")];
}

function requestBodyOf(route: Route): RequestBody | null {
  const schema = toJsonSchema(route.body, "input");
  if (isEmptyObjectSchema(schema)) return null;
  if (route.method === anyMethod) return { required: false, content: { "*/*": { schema } } };
  return { required: (schema.required ?? []).length > 0, content: { "application/json": { schema } } };
}
