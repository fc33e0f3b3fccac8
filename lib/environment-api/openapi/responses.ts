import { anyMethod, anyValidKey, connectSessionOnly, type Route } from "@/lib/environment-api/pipeline/route";
import type { ResponseEntry, Schema } from "./model";
import { isEmptyObjectSchema, toJsonSchema } from "./schema";

/** The schema of every error body. */
export const errorSchema: Schema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: {
        code: { type: "string", description: "For programs. Stable." },
        message: { type: "string", description: "For people." },
        required_scope: { type: "string", description: "The scope that the key lacks." },
        payload: { type: "object", description: "Details of the error." },
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

const errorDescriptions = {
  400: "The input is invalid, or names a resource that does not exist.",
  401: "The key is missing, malformed, unknown or expired.",
  403: "The key lacks the scope.",
  404: "The resource does not exist in the key's environment.",
  413: "The body is too large.",
  415: "The body is not JSON.",
  429: "Too many failed attempts from one address.",
  500: "Internal server error.",
  503: "The service is temporarily unavailable.",
} as const;

type ErrorStatus = keyof typeof errorDescriptions;

function errorEntry(status: ErrorStatus): ResponseEntry {
  return {
    description: errorDescriptions[status],
    content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
  };
}

/** Lists every response of a route. */
export function responsesOf(route: Route): Record<string, ResponseEntry> {
  const { method, scope, path, response } = route;
  const hasBody = method !== "GET" && !isEmptyObjectSchema(toJsonSchema(route.body, "input"));
  const statuses: ErrorStatus[] = [
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
  const schema = toJsonSchema(response.schema, "output");
  const mediaType = response.mediaType ?? "application/json";
  const declared: Record<string, ResponseEntry> =
    method === anyMethod
      ? { default: { description: "The response of the upstream API", content: { "*/*": { schema } } } }
      : {
          [response.status]: {
            description: "Done",
            ...(response.status !== 204 && { content: { [mediaType]: { schema } } }),
          },
          ...otherResponseEntry(route),
        };
  return { ...declared, ...Object.fromEntries(statuses.map((status) => [status, errorEntry(status)])) };
}

function otherResponseEntry({ otherResponse }: Route): Record<string, ResponseEntry> {
  if (otherResponse === undefined) return {};
  const schema = toJsonSchema(otherResponse.schema, "output");
  return { [otherResponse.status]: { description: "Accepted", content: { "application/json": { schema } } } };
}
