import { type Answer, errorAnswer } from "./answer";
import { type ApiContext, requestHeader } from "./api-context";
import { authenticateCaller, type CallerError, missingScope } from "./caller";
import type { Dependencies } from "./dependencies";
import { type ApiError, insufficientScope } from "./errors";
import { executeRoute } from "./execute-route";
import type { ScopedRoute } from "./scoped-route";

/**
 * Decides one request in the contract's order: header, format, look-up, expiry, scope, content type, size, JSON,
 * validation, resource. Nothing behind a step is touched before the step has said yes.
 */
export async function handleRequest(parts: Dependencies, route: ScopedRoute, c: ApiContext): Promise<Answer> {
  const now = new Date();
  const began = performance.now();
  const identified = authenticateCaller(parts, route, requestHeader(c, "authorization"), now);
  const caller = identified instanceof Promise ? await identified : identified;
  const missing = caller.ok ? missingScope(route, caller.value) : null;
  parts.authDurations.record(performance.now() - began);
  if (!caller.ok) return errorAnswer(authenticationError(parts, caller.error, c, now));
  const { principal } = caller.value;
  if (principal !== null) c.set("principal", principal);
  if (missing !== null) return errorAnswer(insufficientScope(missing));
  return executeRoute(parts, route, c, caller.value, now);
}

const challenge = { "WWW-Authenticate": "Bearer" } as const;

/** Failures with a key in hand count against the address; past its limit they are told to wait, never "401". */
function authenticationError(parts: Dependencies, failure: CallerError, c: ApiContext, now: Date): ApiError {
  if (failure.code !== "missing_auth_header") {
    const wait = parts.failedAttempts.recordFailure(parts.clientAddressOf(c) ?? "", now.getTime());
    if (wait !== null) {
      return {
        status: 429,
        code: "too_many_request",
        message: "Too many failed attempts from this address",
        headers: { "Retry-After": String(wait) },
      };
    }
  }
  return { status: 401, code: failure.code, message: failure.message, headers: challenge };
}
