import { z } from "zod";
import type { Scope } from "@/lib/access/scopes/catalog";
import type { InboundRequest } from "@/lib/infrastructure/net/inbound-request";
import { fail, type Result } from "@/lib/infrastructure/result";
import { type ApiError, bodyTooLarge } from "./errors";
import { anyMethod, noInput, type PassthroughRoute, type RequestContext, validateInput } from "./route";

export type PassthroughContext<Headers> = RequestContext & {
  readonly headers: Headers;
  readonly request: InboundRequest;
};

export type PassthroughRouteDeclaration<Headers extends z.ZodType> = {
  /**
   * The path pattern. Ends in a parameter that matches the rest of the path, slashes included:
   * `/proxy/{path}`.
   */
  readonly path: `/${string}/{${string}}`;
  readonly scope: Scope;
  /** See `RouteDeclaration`. */
  readonly destinationScopes?: readonly [Scope, ...Scope[]];
  readonly summary: string;
  readonly headers: Headers;
  readonly maxBodyBytes: number;
  readonly handler: (context: PassthroughContext<z.output<Headers>>) => Promise<Result<Response, ApiError>>;
};

/**
 * Declares a route that accepts every method. Its handler gets the unread request and returns a `Response`,
 * usually a stream. Before the handler runs, only the headers are validated, and a `Content-Length` above
 * `maxBodyBytes` is rejected with 413. A body without a declared length must be limited by the handler.
 */
export function passthroughRoute<Headers extends z.ZodType>({
  handler,
  ...declared
}: PassthroughRouteDeclaration<Headers>): PassthroughRoute {
  return {
    ...noInput,
    ...declared,
    method: anyMethod,
    aliases: [],
    query: z.record(z.string(), z.unknown()),
    params: z.object({}),
    body: z.unknown(),
    response: { status: 200, schema: z.unknown() },
    forward: async (request, context) => {
      const headers = validateInput("headers", declared.headers, request.headers);
      if (!headers.ok) return headers;
      const isTooLarge = Number(request.headers["content-length"] ?? 0) > declared.maxBodyBytes;
      return isTooLarge
        ? fail(bodyTooLarge(declared.maxBodyBytes))
        : handler({ ...context, headers: headers.value, request });
    },
  };
}
