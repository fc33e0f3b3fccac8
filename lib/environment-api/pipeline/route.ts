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

/**
 * Declare this instead of a scope to accept every valid key. A route must declare either a scope, this or
 * `connectSessionOnly`.
 */
export const anyValidKey = "any valid key";

/**
 * Declared instead of a scope by `connectSessionRoute`: the route accepts only the token of a connect
 * session.
 */
export const connectSessionOnly = "connect session";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Declared instead of a method by `passthroughRoute`: the route accepts every method, non-standard ones
 * included.
 */
export const anyMethod = "ANY";

/** The dependencies and request data that every handler gets, besides its validated input. */
export type RequestContext = {
  /** Returns the runner of deployed code; null when none is configured. */
  readonly getFunctionRunner: () => FunctionRunner | null;
  /**
   * The original request, for libraries that need a `Request` (MCP). Of a JSON route its body has already
   * been read.
   */
  readonly rawRequest: Request;
  /** Makes the action worker poll for queued runs now. */
  readonly wakeActionWorker: () => void;
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly outbound: OutboundPolicy;
  readonly sharedApps: SharedApps;
  readonly environmentId: number;
  /** The connect session that authenticated the request; null for an API key. */
  readonly connectSession: ConnectSession | null;
  readonly receivedAt: Date;
  /** The request id, which is also in the log and in `X-Request-Id`. */
  readonly requestId: string;
  /** Returns the origin that the caller used, such as `https://keys.example.com`. */
  readonly getOrigin: () => string;
  /** True when the key holds the route's `credentialsScope`; false when the route declares none. */
  readonly canReadCredentials: boolean;
  /** True when the key holds all of the route's `destinationScopes`; false when the route declares none. */
  readonly canChooseDestination: boolean;
};

export type HandlerContext<Params, Query, Headers, Body> = RequestContext & {
  readonly params: Params;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: Body;
};

/** 405 is the declared response of the MCP GET route, whose server offers no event stream. */
export type DeclaredStatus = 200 | 201 | 202 | 204 | 405;

/**
 * The result of a handler. `status` overrides the declared one. `headers` are added to the response. A
 * handler of another protocol than JSON (MCP) returns a `Response`, which is sent with the common headers
 * added.
 */
export type HandlerResult<Value> =
  | {
      readonly ok: true;
      readonly value: Value | Response;
      readonly status?: DeclaredStatus;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly ok: false; readonly error: ApiError };

/** The declaration of a route: path, scope, schemas and handler. The OpenAPI document is built from it. */
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
  /**
   * The route also accepts the token of a connect session. Its handler must return only what the session
   * allows.
   */
  readonly acceptsConnectSessions?: true;
  /** A key that also holds this scope gets the credentials in the response. */
  readonly credentialsScope?: Scope;
  /**
   * The scopes that together let the caller have a stored secret sent elsewhere than where it was stored for:
   * those with which the caller could read it.
   */
  readonly destinationScopes?: readonly [Scope, ...Scope[]];
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: Body;
  readonly maxBodyBytes?: number;
  /** The most nodes of the JSON body (`exceedsNodes`). Default: 10,000. */
  readonly maxBodyNodes?: number;
  /** Checks the headers before the body is validated. Returns the error, or null. */
  readonly checkHeaders?: (headers: z.output<Headers>) => ApiError | null;
  readonly response: {
    readonly status: DeclaredStatus;
    readonly schema: Output;
    /** The media type of the response. Default: JSON. */
    readonly mediaType?: "text/event-stream";
  };
  /** A second response, chosen by the `status` of the handler's result. */
  readonly otherResponse?: { readonly status: DeclaredStatus; readonly schema: z.ZodType };
  readonly handler: (
    context: HandlerContext<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>>,
  ) => Promise<HandlerResult<z.input<Output>>>;
};

/** The parts of a request before validation. JSON and the query string are already parsed. */
export type UnvalidatedInput = Readonly<Record<InputPart, unknown>>;

/**
 * A declared route with its type parameters erased. The app mounts it; the route catalog, the OpenAPI
 * document and the tests read it.
 */
export type Route = JsonRoute | PassthroughRoute;

type CommonRouteFields = Omit<
  RouteDeclaration<z.ZodType, z.ZodType, z.ZodType, z.ZodType, z.ZodType>,
  "handler" | "aliases" | "maxBodyBytes" | "maxBodyNodes" | "method" | "checkHeaders"
> & { readonly aliases: readonly string[]; readonly maxBodyBytes: number };

export type JsonRoute = CommonRouteFields & {
  readonly method: Method;
  readonly maxBodyNodes: number;
  /**
   * False when the route declares no headers. The headers object is then not built: building it would cost
   * more than validating the rest of the request.
   */
  readonly declaresHeaders: boolean;
  /**
   * Validates query, path parameters and headers, runs `checkHeaders`, validates the body, then calls the
   * handler.
   */
  readonly handle: (input: UnvalidatedInput, context: RequestContext) => Promise<HandlerResult<unknown>>;
};

/** A route whose handler reads the raw request and writes the whole response. See `passthroughRoute`. */
export type PassthroughRoute = CommonRouteFields & {
  readonly method: typeof anyMethod;
  /** Validates the headers, then calls the handler, which forwards the request. */
  readonly forward: (request: InboundRequest, context: RequestContext) => Promise<Result<Response, ApiError>>;
};

const emptyObjectSchema = z.strictObject({});
/** Compared by identity: marks a route that declares no headers. */
const undeclaredHeaders = z.object({});

/** Spread into a declaration: no path parameters, no query, no body. The headers are ignored. */
export const noInput = {
  params: emptyObjectSchema,
  query: emptyObjectSchema,
  headers: undeclaredHeaders,
  body: emptyObjectSchema,
} as const;

function areHeadersDeclared(headers: z.ZodType): boolean {
  return headers !== undeclaredHeaders;
}

const oneMegabyte = 1024 * 1024;
const defaultMaxBodyNodes = 10_000;

/** Declares a JSON route of the environment API. A declaration without `scope` does not compile. */
export function jsonRoute<
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
    maxBodyNodes: declaration.maxBodyNodes ?? defaultMaxBodyNodes,
    declaresHeaders: areHeadersDeclared(declaration.headers),
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
      // Mutates the context instead of copying it: a copy would cost more than the validation. Safe, because
      // the context is used for this request only.
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
  return parsed.success ? ok(parsed.data) : fail(invalidInput(part, parsed.error.issues));
}
