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

/** Stands where a scope would: the route opens to every valid key. There is no other way to leave a scope out. */
export const anyValidKey = "any valid key";

/** Stands where a scope would: the route opens to the token of a connect session, and to no key. See `sessionRoute`. */
export const connectSessionOnly = "connect session";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Stands where a method would: the route answers every one, also those that no list has. */
export const anyMethod = "ANY";

/** What a handler works with, besides its own parsed input. */
export type RequestContext = {
  /** The runner of deployed code; null when none is configured. */
  readonly functionRunner: () => FunctionRunner | null;
  /** The request itself, its body already read: for protocols that look at more of it than its parts. */
  readonly rawRequest: Request;
  /** Has the asynchronous actions looked after that wait. */
  readonly wakeActionWorker: () => void;
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly outbound: OutboundPolicy;
  readonly sharedApps: SharedApps;
  readonly environmentId: number;
  /** The connect session that calls; null when an API key does. */
  readonly session: ConnectSession | null;
  readonly receivedAt: Date;
  /** The id of the request, under which the log knows it. */
  readonly requestId: string;
  /** The address at which the caller reached us: `https://keys.example.com`. */
  readonly origin: () => string;
  /** Does the key hold the scope the route names under `discloses`? False when it names none. */
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
 * What a handler gives back. `status` stands when it is not the declared one and `headers` are added. A value that is a
 * `Response` goes out as it is: for answers that another protocol writes.
 */
export type HandlerResult<Value> =
  | {
      readonly ok: true;
      readonly value: Value | Response;
      readonly status?: SuccessStatus;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly ok: false; readonly error: ApiError };

/** The declaration of a route: everything the outside can know about it, and the function that answers. */
export type RouteDeclaration<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> = {
  readonly method: Method;
  /** As in `/connections/{connectionId}`. */
  readonly path: string;
  /** Older addresses of the same route. */
  readonly aliases?: readonly string[];
  readonly scope: Scope | typeof anyValidKey | typeof connectSessionOnly;
  /** The route also opens to the token of a connect session, which sees what its session allows. */
  readonly acceptsSessions?: true;
  /** The credentials scope with which the answer also carries credentials. */
  readonly credentialsScope?: Scope;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: Body;
  readonly maxBodyBytes?: number;
  /** A refusal that needs the headers only and comes before the body is looked at. */
  readonly checkHeaders?: (headers: z.output<Headers>) => ApiError | null;
  readonly success: {
    readonly status: SuccessStatus;
    readonly schema: Answer;
    /** What the answer is written in; JSON unless said. */
    readonly mediaType?: "text/event-stream";
  };
  /** A second way to succeed, of which the handler's reply tells. */
  readonly otherSuccess?: { readonly status: SuccessStatus; readonly schema: z.ZodType };
  readonly handler: (
    call: HandlerContext<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>>,
  ) => Promise<HandlerResult<z.input<Answer>>>;
};

/** The four parts of a request as they came, JSON and query already taken apart. */
export type RawInput = Readonly<Record<InputPart, unknown>>;

/** A declared route, its types closed over: what the app mounts and what lists, documents and tests read. */
export type ScopedRoute = JsonRoute | PassthroughRoute;

type CommonRouteFields = Omit<
  RouteDeclaration<z.ZodType, z.ZodType, z.ZodType, z.ZodType, z.ZodType>,
  "handler" | "aliases" | "maxBodyBytes" | "method" | "checkHeaders"
> & { readonly aliases: readonly string[]; readonly maxBodyBytes: number };

export type JsonRoute = CommonRouteFields & {
  readonly method: Method;
  /** False where the declaration leaves them unread: an object of all headers costs more than the whole door. */
  readonly readsHeaders: boolean;
  /** Validates query, address, headers and body, in this order, then answers. */
  readonly handle: (input: RawInput, context: RequestContext) => Promise<HandlerResult<unknown>>;
};

/** A route whose request and response are nobody's business but the handler's: see `passing-route.ts`. */
export type PassthroughRoute = CommonRouteFields & {
  readonly method: typeof anyMethod;
  /** Validates the headers, then answers with whatever response it has. */
  readonly forward: (request: InboundRequest, context: RequestContext) => Promise<Result<Response, ApiError>>;
};

const nothing = z.strictObject({});
const unread = z.object({});

/** To spread into a declaration: no parameters, an empty query, headers unread, no body. */
export const noInput = { params: nothing, query: nothing, headers: unread, body: nothing } as const;

function isRead(headers: z.ZodType): boolean {
  return headers !== unread;
}

const oneMegabyte = 1024 * 1024;

/** The only way to make a route of the environment API. */
export function scopedRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(declaration: RouteDeclaration<Params, Query, Headers, Body, Answer>): JsonRoute {
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
      const refused = checkHeaders?.(headers.value) ?? null;
      if (refused !== null) return fail(refused);
      const body = validateInput("body", declaration.body, input.body);
      if (!body.ok) return body;
      // The context is this call's own, and spreading it would cost more than the whole door.
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

/** Parses one part of the input; the failure is the contract's 400 for that part. */
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
