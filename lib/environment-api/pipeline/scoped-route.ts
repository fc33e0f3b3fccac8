import { z } from "zod";
import type { Scope } from "@/lib/access/scopes/catalog";
import type { ConnectSession } from "@/lib/connect/sessions/model";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import type { Database } from "@/lib/infrastructure/db/client";
import type { InboundRequest } from "@/lib/infrastructure/net/inbound-request";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { SharedApps } from "@/lib/infrastructure/settings/shared-apps";
import { type ApiError, type InputPart, invalidInput } from "./errors";

/** Declared in place of a scope: the route accepts every valid key. A scope cannot be omitted otherwise. */
export const anyValidKey = "any valid key";

/** Declared in place of a scope: the route accepts only connect session tokens. See `sessionRoute`. */
export const connectSessionOnly = "connect session";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Declared in place of a method: the route accepts every method, non-standard ones included. */
export const anyMethod = "ANY";

/** The dependencies and request data that every handler gets, besides its validated input. */
export type RequestContext = {
  /** Returns the runner of deployed code; null when none is configured. */
  readonly functionRunner: () => FunctionRunner | null;
  /** The original request, its body already read, for libraries that need a `Request` (MCP). */
  readonly rawRequest: Request;
  /** Makes the action worker poll for queued runs now. */
  readonly wakeActionWorker: () => void;
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly outbound: OutboundPolicy;
  readonly sharedApps: SharedApps;
  readonly environmentId: number;
  /** The connect session that authenticated the request; null for an API key. */
  readonly session: ConnectSession | null;
  readonly receivedAt: Date;
  /** The request id, which is also in the log and in `X-Request-Id`. */
  readonly requestId: string;
  /** Returns the origin that the caller used, such as `https://keys.example.com`. */
  readonly origin: () => string;
  /** True when the key holds the route's `credentialsScope`; false when the route declares none. */
  readonly canReadCredentials: boolean;
};

export type HandlerContext<Params, Query, Headers, Body> = RequestContext & {
  readonly params: Params;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: Body;
};

export type SuccessStatus = 200 | 201 | 202 | 204 | 405;

/**
 * The result of a handler. `status` overrides the declared one; `headers` are added to the response. A
 * `Response` is sent as it is, for protocols other than JSON (MCP).
 */
export type HandlerResult<Value> =
  | {
      readonly ok: true;
      readonly value: Value | Response;
      readonly status?: SuccessStatus;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly ok: false; readonly error: ApiError };

/** The declaration of a route: path, scope, schemas (from which the API is documented) and handler. */
export type RouteDeclaration<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Output extends z.ZodType,
> = {
  readonly method: Method;
  /** The path pattern, such as `/connections/{connectionId}`. */
  readonly path: string;
  /** Older paths of the same route. */
  readonly aliases?: readonly string[];
  readonly scope: Scope | typeof anyValidKey | typeof connectSessionOnly;
  /** The route also accepts the token of a connect session, and returns only what that session allows. */
  readonly acceptsSessions?: true;
  /** The scope with which the response also includes credentials. */
  readonly credentialsScope?: Scope;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: Body;
  readonly maxBodyBytes?: number;
  /** A check of the headers, made before the body is validated. Returns the error, or null. */
  readonly checkHeaders?: (headers: z.output<Headers>) => ApiError | null;
  readonly success: {
    readonly status: SuccessStatus;
    readonly schema: Output;
    /** The media type of the response. Default: JSON. */
    readonly mediaType?: "text/event-stream";
  };
  /** A second success response, chosen by the `status` of the handler's result. */
  readonly otherSuccess?: { readonly status: SuccessStatus; readonly schema: z.ZodType };
  readonly handler: (
    context: HandlerContext<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>>,
  ) => Promise<HandlerResult<z.input<Output>>>;
};

/** The four parts of a request before validation, with JSON and query string parsed. */
export type RawInput = Readonly<Record<InputPart, unknown>>;

/** A declared route without type parameters, as the app mounts it and catalog, OpenAPI and tests read it. */
export type ScopedRoute = JsonRoute | PassthroughRoute;

type CommonRouteFields = Omit<
  RouteDeclaration<z.ZodType, z.ZodType, z.ZodType, z.ZodType, z.ZodType>,
  "handler" | "aliases" | "maxBodyBytes" | "method" | "checkHeaders"
> & { readonly aliases: readonly string[]; readonly maxBodyBytes: number };

export type JsonRoute = CommonRouteFields & {
  readonly method: Method;
  /** False when the declaration reads no headers: building the headers object costs more than the checks. */
  readonly readsHeaders: boolean;
  /** Validates query, path parameters, headers and body, in this order, then calls the handler. */
  readonly handle: (input: RawInput, context: RequestContext) => Promise<HandlerResult<unknown>>;
};

/** A route whose handler reads the raw request and writes the whole response. See `passthroughRoute`. */
export type PassthroughRoute = CommonRouteFields & {
  readonly method: typeof anyMethod;
  /** Validates the headers, then calls the handler, which forwards the request. */
  readonly forward: (request: InboundRequest, context: RequestContext) => Promise<Result<Response, ApiError>>;
};

const emptyObject = z.strictObject({});
const unread = z.object({});

/** Spread into a declaration: no path parameters, no query, headers not read, no body. */
export const noInput = {
  params: emptyObject,
  query: emptyObject,
  headers: unread,
  body: emptyObject,
} as const;

function isRead(headers: z.ZodType): boolean {
  return headers !== unread;
}

const oneMegabyte = 1024 * 1024;

/** Declares a JSON route of the environment API. Does not compile without a scope. */
export function scopedRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Output extends z.ZodType,
>(declaration: RouteDeclaration<Params, Query, Headers, Body, Output>): JsonRoute {
  const { handler, checkHeaders, ...declared } = declaration;
  return {
    ...declared,
    aliases: declaration.aliases ?? [],
    maxBodyBytes: declaration.maxBodyBytes ?? oneMegabyte,
    readsHeaders: isRead(declaration.headers),
    handle: async (input, context) => {
      const query = validateInput("query", declaration.query, input.query);
      if (!query.ok) return query;
      const params = validateInput("params", declaration.params, input.params);
      if (!params.ok) return params;
      const headers = validateInput("headers", declaration.headers, input.headers);
      if (!headers.ok) return headers;
      const headerError = checkHeaders?.(headers.value) ?? null;
      if (headerError !== null) return fail(headerError);
      const body = validateInput("body", declaration.body, input.body);
      if (!body.ok) return body;
      // Mutates the context, which belongs to this request alone: a copy costs more than all checks.
      return handler(
        Object.assign(context, {
          params: params.value,
          query: query.value,
          headers: headers.value,
          body: body.value,
        }),
      );
    },
  };
}

/** Validates one part of the input. The error is a 400 with the code of that part. */
export function validateInput<Schema extends z.ZodType>(
  part: InputPart,
  schema: Schema,
  value: unknown,
): Result<z.output<Schema>, ApiError> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return fail(
    invalidInput(
      part,
      parsed.error.issues.map(({ code, message, path }) => ({ code, message, path: path.map(String) })),
    ),
  );
}
