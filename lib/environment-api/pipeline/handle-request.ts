import { type ApiContext, requestHeader } from "./api-context";
import { authenticateCaller, type CallerError } from "./authenticate-caller";
import { findMissingScope } from "./authorize-caller";
import type { Dependencies } from "./dependencies";
import { type ApiError, insufficientScope } from "./errors";
import { executeRoute } from "./execute-route";
import { type ApiResponse, errorResponse } from "./response";
import type { Route } from "./route";

/**
 * Handles one request to a declared route: authenticates, authorizes, then executes the route. The order of
 * checks is fixed (docs/environment-api.md, section 1): header, key format, look-up, expiry, scope, content
 * type, size, JSON, validation, resource. A step starts only after the step before it has passed.
 */
export async function handleRequest(
  dependencies: Dependencies,
  route: Route,
  c: ApiContext,
): Promise<ApiResponse> {
  const receivedAt = new Date();
  const startedAt = performance.now();
  const pending = authenticateCaller(dependencies, route, requestHeader(c, "authorization"), receivedAt);
  // Not awaited when the key is cached: the result is then synchronous, and an await would cost time.
  const authentication = pending instanceof Promise ? await pending : pending;
  // Checked here so that the recorded duration covers authentication and authorization.
  const missingScope = authentication.ok ? findMissingScope(route, authentication.value) : null;
  dependencies.authDurations.record(performance.now() - startedAt);
  if (!authentication.ok) {
    return errorResponse(recordFailedAuthentication(dependencies, authentication.error, c, receivedAt));
  }
  const caller = authentication.value;
  // Null for a connect session: there is no key whose use could be recorded.
  if (caller.principal !== null) c.set("principal", caller.principal);
  if (missingScope !== null) return errorResponse(insufficientScope(missingScope));
  return executeRoute(dependencies, route, c, caller, receivedAt);
}

const challenge = { "WWW-Authenticate": "Bearer" } as const;

/**
 * Counts a failed attempt and returns the response error: a 401, or a 429 once the client address has
 * exceeded its limit of failed attempts. A request without an Authorization header is not counted.
 */
function recordFailedAuthentication(
  { failedAttempts, clientAddressOf }: Dependencies,
  { code, message }: CallerError,
  c: ApiContext,
  receivedAt: Date,
): ApiError {
  if (code !== "missing_auth_header") {
    const retryAfterSeconds = failedAttempts.recordFailure(clientAddressOf(c) ?? "", receivedAt.getTime());
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
