import { type ApiContext, requestHeader } from "./api-context";
import { authenticateCaller, type CallerError } from "./authenticate-caller";
import { findMissingScope } from "./authorize-caller";
import type { Dependencies } from "./dependencies";
import { type ApiError, insufficientScope } from "./errors";
import { executeRoute } from "./execute-route";
import { type ApiResponse, errorResponse } from "./response";
import type { ScopedRoute } from "./scoped-route";

/**
 * Handles one request to a declared route: authenticates, authorizes, then executes the route. The order of
 * checks is fixed (docs/environment-api.md, section 1): header, key format, look-up, expiry, scope, content
 * type, size, JSON, validation, resource. A step starts only after the step before it has passed.
 */
export async function handleRequest(
  dependencies: Dependencies,
  route: ScopedRoute,
  c: ApiContext,
): Promise<ApiResponse> {
  const now = new Date();
  const startedAt = performance.now();
  const result = authenticateCaller(dependencies, route, requestHeader(c, "authorization"), now);
  const caller = result instanceof Promise ? await result : result;
  const missingScope = caller.ok ? findMissingScope(route, caller.value) : null;
  dependencies.authDurations.record(performance.now() - startedAt);
  if (!caller.ok) return errorResponse(authenticationError(dependencies, caller.error, c, now));
  const { principal } = caller.value;
  if (principal !== null) c.set("principal", principal);
  if (missingScope !== null) return errorResponse(insufficientScope(missingScope));
  return executeRoute(dependencies, route, c, caller.value, now);
}

const challenge = { "WWW-Authenticate": "Bearer" } as const;

/**
 * Maps an authentication error to a 401, or to a 429 once the address is past its limit of failed attempts. A
 * request without an Authorization header does not count as an attempt.
 */
function authenticationError(
  { failedAttempts, clientAddressOf }: Dependencies,
  { code, message }: CallerError,
  c: ApiContext,
  now: Date,
): ApiError {
  if (code !== "missing_auth_header") {
    const retryAfterSeconds = failedAttempts.recordFailure(clientAddressOf(c) ?? "", now.getTime());
    if (retryAfterSeconds !== null) {
      return {
        status: 429,
        code: "too_many_request",
        message: "Too many failed attempts from this address",
        headers: { "Retry-After": String(retryAfterSeconds) },
      };
    }
  }
  return { status: 401, code, message, headers: challenge };
}
