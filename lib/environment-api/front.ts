import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { clientName } from "../api-keys/client-name";
import type { UsageRecorder } from "../api-keys/usage";
import { isDatabaseUnreachable } from "../db/unreachable";
import { type Answer, type PlainAnswer, refusal } from "./answer";
import type { ApiContext } from "./api-context";
import { callOutcome } from "./call-outcome";
import { databaseAway, unexpected } from "./errors";
import { isPreflight, preflightAnswer } from "./preflight";
import type { ScopedRoute } from "./scoped-route";
import { sendAnswer } from "./send-answer";

export type FrontParts = {
  readonly log: Logger;
  readonly usage: UsageRecorder;
  readonly addressOf: (c: ApiContext) => string | null;
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
    if (principal !== undefined && route !== null) {
      const { keyId, environmentId, grants } = principal;
      const client = clientName(c.req.header("user-agent") ?? null);
      const lastUse = { method, route: route.path, status, client, address: parts.addressOf(c) };
      const outcome = callOutcome(status, route.scope, grants);
      parts.usage.note({ keyId, environmentId, at, scope: route.scope, outcome, lastUse });
    }
    const ms = Math.round((performance.now() - started) * 10) / 10;
    parts.log.info({ requestId, method, route: path, status, ms, keyId: principal?.keyId }, "request");
    return sendAnswer(c, answer, requestId);
  };
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
