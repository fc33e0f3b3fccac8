import { type Answer, refusal } from "./answer";
import { answerRoute } from "./answer-route";
import { type ApiContext, requestHeader } from "./api-context";
import { type CallerFailure, identify, missingScope } from "./caller";
import type { Dependencies } from "./dependencies";
import { type ApiFailure, insufficientScope } from "./errors";
import type { ScopedRoute } from "./scoped-route";

/**
 * Decides one request in the contract's order: header, format, look-up, expiry, scope, content type, size, JSON,
 * validation, resource. Nothing behind a step is touched before the step has said yes.
 */
export async function passDoor(parts: Dependencies, route: ScopedRoute, c: ApiContext): Promise<Answer> {
  const now = new Date();
  const began = performance.now();
  const identified = identify(parts, route, requestHeader(c, "authorization"), now);
  const caller = identified instanceof Promise ? await identified : identified;
  const missing = caller.ok ? missingScope(route, caller.value) : null;
  parts.checks.note(performance.now() - began);
  if (!caller.ok) return refusal(authFailure(parts, caller.error, c, now));
  const { principal } = caller.value;
  if (principal !== null) c.set("principal", principal);
  if (missing !== null) return refusal(insufficientScope(missing));
  return answerRoute(parts, route, c, caller.value, now);
}

const challenge = { "WWW-Authenticate": "Bearer" } as const;

/** Failures with a key in hand count against the address; past its limit they are told to wait, never "401". */
function authFailure(parts: Dependencies, failure: CallerFailure, c: ApiContext, now: Date): ApiFailure {
  if (failure.code !== "missing_auth_header") {
    const wait = parts.attempts.count(parts.addressOf(c) ?? "", now.getTime());
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
