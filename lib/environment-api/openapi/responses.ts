import {
  anyMethod,
  anyValidKey,
  connectSessionOnly,
  type ScopedRoute,
} from "@/lib/environment-api/pipeline/scoped-route";
import type { ResponseEntry, Schema } from "./model";
import { isEmptyObjectSchema, toJsonSchema } from "./schema";

/** The body of every failure. */
export const errorSchema: Schema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: {
        code: { type: "string", description: "For programs: it does not change." },
        message: { type: "string", description: "For people." },
        required_scope: { type: "string", description: "The scope that the key lacks." },
        payload: { type: "object", description: "What the failure is about." },
        errors: {
          type: "array",
          items: {
            type: "object",
            required: ["code", "message", "path"],
            properties: {
              code: { type: "string" },
              message: { type: "string" },
              path: { type: "array", items: { type: "string" } },
            },
          },
        },
      },
    },
  },
};

const failures = {
  400: "The input is not valid, or names what does not exist.",
  401: "The key is missing, malformed, unknown or expired.",
  403: "The key lacks the scope.",
  404: "What the address names does not exist in the key's environment.",
  413: "The body is too large.",
  415: "The body is not JSON.",
  429: "Too many failed attempts from one address.",
  500: "Something went wrong on our side.",
  503: "The service is not available at the moment.",
} as const;

type Failure = keyof typeof failures;

function failure(status: Failure): ResponseEntry {
  return {
    description: failures[status],
    content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
  };
}

/** Every way in which a route answers. */
export function responsesOf(route: ScopedRoute): Record<string, ResponseEntry> {
  const { method, scope, path, success } = route;
  const hasBody = method !== "GET" && !isEmptyObjectSchema(toJsonSchema(route.body, "input"));
  const statuses: Failure[] = [
    400,
    401,
    ...(scope === anyValidKey || scope === connectSessionOnly ? [] : ([403] as const)),
    ...(path.includes("{") ? ([404] as const) : []),
    ...(hasBody ? ([413] as const) : []),
    ...(hasBody && method !== anyMethod ? ([415] as const) : []),
    429,
    500,
    503,
  ];
  const schema = toJsonSchema(success.schema, "output");
  const mediaType = success.mediaType ?? "application/json";
  const succeeds: Record<string, ResponseEntry> =
    method === anyMethod
      ? { default: { description: "What the other side answers", content: { "*/*": { schema } } } }
      : {
          [success.status]: {
            description: "Done",
            ...(success.status !== 204 && { content: { [mediaType]: { schema } } }),
          },
          ...otherSuccess(route),
        };
  return { ...succeeds, ...Object.fromEntries(statuses.map((status) => [status, failure(status)])) };
}

function otherSuccess({ otherSuccess: other }: ScopedRoute): Record<string, ResponseEntry> {
  if (other === undefined) return {};
  const schema = toJsonSchema(other.schema, "output");
  return { [other.status]: { description: "Accepted", content: { "application/json": { schema } } } };
}
