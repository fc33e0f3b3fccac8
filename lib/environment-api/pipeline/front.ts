import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Principal } from "@/lib/access/authentication/principal";
import { clientName } from "@/lib/access/key-usage/client-name";
import type { UsageRecorder } from "@/lib/access/key-usage/usage";
import { isDatabaseUnreachable } from "@/lib/infrastructure/db/unreachable";
import { type Answer, type PlainAnswer, refusal } from "./answer";
import { type ApiContext, requestHeader } from "./api-context";
import { callOutcome } from "./call-outcome";
import { databaseAway, unexpected } from "./errors";
import { isPreflight, preflightAnswer } from "./preflight";
import type { RequestOutcome, RequestTally } from "./request-tally";
import { anyMethod, anyValidKey, type ScopedRoute } from "./scoped-route";
import { sendAnswer } from "./send-answer";

export type FrontParts = {
  readonly log: Logger;
  readonly usage: UsageRecorder;
  readonly addressOf: (c: ApiContext) => string | null;
  readonly tally: RequestTally;
};

export type AnswerRequest = (c: ApiContext) => Answer | Promise<Answer>;

/**
 * What stands around every answer: the request's id, CORS, the note of the key's use, one line in the log, and a 500 or
 * 503 for what breaks. `route` is null for what nobody declared.
 */
export function inFront(
  parts: FrontParts,
  route: ScopedRoute | null,
  answerRequest: AnswerRequest,
): (c: ApiContext) => Promise<Response> {
  const path = route?.path;
  const tally = parts.tally.ofRoute(route?.method ?? anyMethod, path ?? "none");
  return async (c) => {
    const at = Date.now();
    const started = performance.now();
    const requestId = randomUUID();
    c.set("requestId", requestId);
    let answer: Answer;
    try {
      answer = isPreflight(c) ? preflightAnswer(c) : await answerRequest(c);
    } catch (error) {
      answer = brokenAnswer(parts.log, error, requestId, path);
    }
    const principal = c.get("principal");
    const { method } = c.req;
    const { status } = answer;
    const outcome = outcomeOf(status, route, principal);
    tally.count(outcome, status);
    if (principal !== undefined && route !== null && outcome !== "unauthenticated") {
      const { keyId, environmentId } = principal;
      const client = clientName(requestHeader(c, "user-agent"));
      const lastUse = { method, route: route.path, status, client, address: parts.addressOf(c) };
      parts.usage.note({ keyId, environmentId, at, scope: route.scope, outcome, lastUse });
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

function brokenAnswer(
  log: Logger,
  error: unknown,
  requestId: string,
  route: string | undefined,
): PlainAnswer {
  const away = isDatabaseUnreachable(error);
  log.error({ requestId, route, err: error }, away ? "database unreachable" : "unexpected error");
  return refusal(away ? databaseAway : unexpected(requestId));
}
