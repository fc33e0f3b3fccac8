import { z } from "zod";
import type { Scope } from "@/lib/access/scopes/catalog";
import type { InboundRequest } from "@/lib/infrastructure/net/inbound-request";
import { fail, type Result } from "@/lib/infrastructure/result";
import { type ApiError, bodyTooLarge } from "./errors";
import {
  anyMethod,
  noInput,
  type PassthroughRoute,
  type RequestContext,
  validateInput,
} from "./scoped-route";

export type PassthroughContext<Headers> = RequestContext & {
  readonly headers: Headers;
  readonly request: InboundRequest;
};

export type PassthroughRouteDeclaration<Headers extends z.ZodType> = {
  /** Ends in a parameter that stands for the whole rest of the address, as in `/proxy/{path}`. */
  readonly path: `/${string}/{${string}}`;
  readonly scope: Scope;
  readonly summary: string;
  readonly headers: Headers;
  readonly maxBodyBytes: number;
  readonly handler: (call: PassthroughContext<z.output<Headers>>) => Promise<Result<Response, ApiError>>;
};

/**
 * Makes a route that answers every method with a response of its own making, as a stream. Nothing of the request but
 * its headers is checked or read before the handler; a body that says it is too long is refused.
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
    success: { status: 200, schema: z.unknown() },
    forward: async (request, context) => {
      const headers = validateInput("headers", declared.headers, request.headers);
      if (!headers.ok) return headers;
      const tooLong = Number(request.headers["content-length"] ?? 0) > declared.maxBodyBytes;
      return tooLong
        ? fail(bodyTooLarge(declared.maxBodyBytes))
        : handler({ ...context, headers: headers.value, request });
    },
  };
}
