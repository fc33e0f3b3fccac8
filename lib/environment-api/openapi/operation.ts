import { scopeEntries, scopeGroups } from "@/lib/access/scopes/catalog";
import type { RoutePath } from "@/lib/environment-api/catalog/declared-routes";
import {
  anyMethod,
  anyValidKey,
  connectSessionOnly,
  type ScopedRoute,
} from "@/lib/environment-api/pipeline/scoped-route";
import { type HttpMethod, httpMethods, type Operation, type Parameter } from "./model";
import { responsesOf } from "./responses";
import { isEmptyObjectSchema, toJsonSchema, toParameters } from "./schema";

/** The name under which the document knows the key. */
export const apiKeyScheme = "apiKey";

/** The same for the token of a connect session. */
export const connectSessionScheme = "connectSession";

const openToAll = "Any valid key";
const openToSessions = "Connect session";

/** Every heading, in the order of the catalogue. */
export const tagNames: readonly string[] = [
  ...scopeGroups.map(({ name }) => name),
  openToSessions,
  openToAll,
];

const groupOf = new Map<string, string>(scopeEntries.map(({ scope, group }) => [scope, group]));

/** The heading a route stands under: its scope's group. */
function tagOf({ scope }: ScopedRoute): string {
  if (scope === connectSessionOnly) return openToSessions;
  return groupOf.get(scope) ?? openToAll;
}

/** Each entry is one way in; the list in it names what a key needs. */
function securityOf({ scope, acceptsSessions }: ScopedRoute): Operation["security"] {
  const bySession = { [connectSessionScheme]: [] };
  if (scope === connectSessionOnly) return [bySession];
  const byKey = { [apiKeyScheme]: scope === anyValidKey ? [] : [scope] };
  return acceptsSessions === true ? [byKey, bySession] : [byKey];
}

/** A route at one of its addresses, once for each method that the document can say. */
export function operationsOf({ route, path, aliasOf }: RoutePath): [HttpMethod, Operation][] {
  const body = requestBodyOf(route);
  return methodsOf(route).map((method) => [
    method,
    {
      operationId: operationId(method, path),
      summary: route.summary,
      ...remarks(route, aliasOf),
      tags: [tagOf(route)],
      ...(aliasOf !== null && { deprecated: true }),
      security: securityOf(route),
      parameters: parametersOf(route, path),
      // A GET may carry one on the wire, but nobody reads it (RFC 9110, 9.3.1).
      ...(body !== null && !bodiless.has(method) && { requestBody: body }),
      responses: responsesOf(route),
    },
  ]);
}

const bodiless: ReadonlySet<HttpMethod> = new Set(["get", "head", "trace"]);

function methodsOf({ method }: ScopedRoute): readonly HttpMethod[] {
  return method === anyMethod ? httpMethods : httpMethods.filter((known) => known === method.toLowerCase());
}

/** `get` and `/connections/{connectionId}` make `getConnectionsByConnectionId`. */
function operationId(method: HttpMethod, path: string): string {
  const words = path.split("/").flatMap((part) => {
    const parameter = /^\{(\w+)\}$/.exec(part)?.[1];
    return parameter === undefined ? part.split(/\W+/) : ["by", parameter];
  });
  return method + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}

function remarks(route: ScopedRoute, aliasOf: string | null): { readonly description?: string } {
  const sentences = [
    ...(aliasOf === null ? [] : [`An older address of ${aliasOf}.`]),
    ...(route.credentialsScope === undefined
      ? []
      : [`A key with ${route.credentialsScope} also gets the credentials.`]),
    ...(route.method === anyMethod
      ? ["Answers every HTTP method. The rest of the address may hold slashes and is passed on as it is."]
      : []),
  ];
  return sentences.length === 0 ? {} : { description: sentences.join(" ") };
}

function parametersOf(route: ScopedRoute, path: string): Parameter[] {
  const declared = toParameters(route.params, "path");
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]): Parameter => {
    const known = declared.find((parameter) => parameter.name === name);
    return known ?? { name, in: "path", required: true, schema: { type: "string" } };
  });
  return [...inPath, ...toParameters(route.query, "query"), ...toParameters(route.headers, "header")];
}

function requestBodyOf(route: ScopedRoute): Operation["requestBody"] | null {
  const schema = toJsonSchema(route.body, "input");
  if (isEmptyObjectSchema(schema)) return null;
  if (route.method === anyMethod) return { required: false, content: { "*/*": { schema } } };
  return { required: (schema.required ?? []).length > 0, content: { "application/json": { schema } } };
}
