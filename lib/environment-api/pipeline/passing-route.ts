import { z } from "zod";
import type { Scope } from "@/lib/access/scopes/catalogue";
import type { UnreadRequest } from "@/lib/infrastructure/net/unread-request";
import { fail, type Result } from "@/lib/infrastructure/result";
import { type ApiFailure, bodyTooLarge } from "./errors";
import { anyMethod, type CallContext, noInput, type PassingRoute, validate } from "./scoped-route";

export type PassingCall<Headers> = CallContext & {
  readonly headers: Headers;
  readonly request: UnreadRequest;
};

export type PassingDeclaration<Headers extends z.ZodType> = {
  /** Ends in a parameter that stands for the whole rest of the address, as in `/proxy/{path}`. */
  readonly path: `/${string}/{${string}}`;
  readonly scope: Scope;
  readonly summary: string;
  readonly headers: Headers;
  readonly maxBodyBytes: number;
  readonly handler: (call: PassingCall<z.output<Headers>>) => Promise<Result<Response, ApiFailure>>;
};

/**
 * Makes a route that answers every method with a response of its own making, as a stream. Nothing of the request but
 * its headers is checked or read before the handler; a body that says it is too long is refused.
 */
export function passingRoute<Headers extends z.ZodType>({
  handler,
  ...declared
}: PassingDeclaration<Headers>): PassingRoute {
  return {
    ...noInput,
    ...declared,
    method: anyMethod,
    aliases: [],
    query: z.record(z.string(), z.unknown()),
    params: z.object({}),
    body: z.unknown(),
    success: { status: 200, schema: z.unknown() },
    pass: async (request, context) => {
      const headers = validate("headers", declared.headers, request.headers);
      if (!headers.ok) return headers;
      const tooLong = Number(request.headers["content-length"] ?? 0) > declared.maxBodyBytes;
      return tooLong
        ? fail(bodyTooLarge(declared.maxBodyBytes))
        : handler({ ...context, headers: headers.value, request });
    },
  };
}
