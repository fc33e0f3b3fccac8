import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Principal } from "@/lib/access/authentication/principal";
import { parseClientName } from "@/lib/access/key-usage/client-name";
import type { UsageRecorder } from "@/lib/access/key-usage/usage-recorder";
import { isDatabaseUnreachable } from "@/lib/infrastructure/db/database-unreachable";
import { type Answer, errorAnswer, type PlainAnswer } from "./answer";
import { type ApiContext, requestHeader } from "./api-context";
import { callOutcome } from "./call-outcome";
import { databaseUnavailable, internalError } from "./errors";
import { isPreflight, preflightAnswer } from "./preflight";
import type { RequestCounters, RequestOutcome } from "./request-counters";
import { anyMethod, anyValidKey, type ScopedRoute } from "./scoped-route";
import { sendAnswer } from "./send-answer";

export type WrapperDependencies = {
  readonly log: Logger;
  readonly usage: UsageRecorder;
  readonly clientAddressOf: (c: ApiContext) => string | null;
  readonly requestCounters: RequestCounters;
};

export type RequestHandler = (c: ApiContext) => Answer | Promise<Answer>;

/**
 * What stands around every answer: the request's id, CORS, the note of the key's use, one line in the log, and a 500 or
 * 503 for what breaks. `route` is null for what nobody declared.
 */
export function wrapHandler(
  parts: WrapperDependencies,
  route: ScopedRoute | null,
  answerRequest: RequestHandler,
): (c: ApiContext) => Promise<Response> {
  const path = route?.path;
  const tally = parts.requestCounters.forRoute(route?.method ?? anyMethod, path ?? "none");
  return async (c) => {
    const at = Date.now();
    const started = performance.now();
    const requestId = randomUUID();
    c.set("requestId", requestId);
    let answer: Answer;
    try {
      answer = isPreflight(c) ? preflightAnswer(c) : await answerRequest(c);
    } catch (error) {
      answer = unexpectedErrorAnswer(parts.log, error, requestId, path);
    }
    const principal = c.get("principal");
    const { method } = c.req;
    const { status } = answer;
    const outcome = outcomeOf(status, route, principal);
    tally.increment(outcome, status);
    if (principal !== undefined && route !== null && outcome !== "unauthenticated") {
      const { keyId, environmentId } = principal;
      const client = parseClientName(requestHeader(c, "user-agent"));
      const lastUse = { method, route: route.path, status, client, address: parts.clientAddressOf(c) };
      parts.usage.record({ keyId, environmentId, at, scope: route.scope, outcome, lastUse });
    }
    const ms = Math.round((performance.now() - started) * 10) / 10;
    parts.log.info({ requestId, method, route: path, status, ms, keyId: principal?.keyId }, "request");
    return sendAnswer(c, answer, requestId);
  };
}

/** Of a connect session, or where no key is asked for, the status alone tells. */
function outcomeOf(
  status: number,
  route: ScopedRoute | null,
  principal: Principal | undefined,
): RequestOutcome {
  if (principal !== undefined && route !== null) return callOutcome(status, route.scope, principal.grants);
  return status === 401 || status === 429 ? "unauthenticated" : callOutcome(status, anyValidKey, []);
}

function unexpectedErrorAnswer(
  log: Logger,
  error: unknown,
  requestId: string,
  route: string | undefined,
): PlainAnswer {
  const away = isDatabaseUnreachable(error);
  log.error({ requestId, route, err: error }, away ? "database unreachable" : "unexpected error");
  return errorAnswer(away ? databaseUnavailable : internalError(requestId));
}
